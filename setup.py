"""The parts in C, each optional: without a compiler the Python code does the same work (see docs/decisions/c-extension.md)."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension("cleaner.markup._scan", ["cleaner/markup/_scan.c"], extra_compile_args=["-O3"], optional=True),
    ]
)
