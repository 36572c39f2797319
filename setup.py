"""The parts in C, each optional: without a compiler the Python code does the same work (see docs/decisions/c-extension.md)."""

from glob import glob

from setuptools import Extension, setup

PARTS = ("cleaner/article/_judge", "cleaner/markup/_scan", "cleaner/repair/_gate", "cleaner/rules/_site_lines", "cleaner/rules/_words")

setup(
    ext_modules=[
        Extension(
            part.replace("/", "."),
            [f"{part}.c"],
            depends=glob(f"{part.rpartition('/')[0]}/*.h"),
            extra_compile_args=["-O3"],
            optional=True,
        )
        for part in PARTS
    ]
)
