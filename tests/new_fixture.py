"""Make a fixture from a page; never overwrite an expectation.

    python -m tests.new_fixture FAMILY/SLUG PAGE    a new folder, with today's output as a draft to be reviewed line by line
    python -m tests.new_fixture --passing           take known failures that hold now out of about.toml

The draft is called draft.txt; the reviewer makes expected.txt of it. Until then the tests fail, as a missing expectation must.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from cleaner import Options, clean
from tests.cases import FIXTURES, cases, cleaned

ABOUT = """shows = "TODO: one sentence that says what this page shows."
# url = "https://…"
# control = true

[metadata]
title = {title}
"""


def new_fixture(name: str, page: Path) -> Path:
    """A folder for a page; raises FileExistsError where there is one."""
    if not re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", name):
        raise ValueError(f"{name!r}: write family/slug in small letters, digits and hyphens")
    data = page.read_bytes()
    result = clean(data)
    folder = FIXTURES / name
    folder.mkdir(parents=True)
    shutil.copyfile(page, folder / ("page.html" if result.page.kind == "html" else "page.txt"))
    (folder / "draft.txt").write_text(result.text + "\n", encoding="utf-8")
    title = '"' + (result.title or "").replace("\\", "\\\\").replace('"', '\\"') + '"'
    (folder / "about.toml").write_text(ABOUT.format(title=title), encoding="utf-8")
    return folder


def remove_passing() -> list[str]:
    """Take the marks of known failures that hold now out of their files; what was taken out."""
    from tests.test_goldens import faults

    gone = []
    for case in cases():
        holds = {
            "text": lambda case=case: cleaned(case).text == case.expected,
            "metadata": lambda case=case: not faults(case, "metadata"),
            "result": lambda case=case: not faults(case, "result"),
            "again": lambda case=case: clean(cleaned(case).text, options=Options(kind="text")).text == cleaned(case).text,
        }
        for claim, check in holds.items():
            if case.known_failure(claim) is not None and check():
                path = case.folder / "about.toml"
                lines = [line for line in path.read_text(encoding="utf-8").split("\n") if not re.match(rf"{claim} = ", line)]
                text = re.sub(r"\n\[known_failure\]\n(?=\n|\Z)", "", "\n".join(lines))
                path.write_text(text, encoding="utf-8")
                gone.append(f"{case.name}: {claim}")
    return gone


def main(arguments: list[str]) -> int:
    if arguments == ["--passing"]:
        print("\n".join(remove_passing()) or "nothing to take out")
        return 0
    if len(arguments) != 2 or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    try:
        folder = new_fixture(arguments[0], Path(arguments[1]))
    except (OSError, ValueError) as error:
        print(f"new_fixture: {error}", file=sys.stderr)
        return 1
    print(f"{folder}: review draft.txt line by line, write expected.txt, fill in about.toml, delete the draft")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
