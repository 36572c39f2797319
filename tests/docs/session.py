"""A Python session of a document: a process that runs one block with `>>>` after the other and keeps the names, as a reader's would.

One line of JSON in for each block, one out: how many examples failed, and what doctest says of them.
"""

from __future__ import annotations

import doctest
import json
import sys
from typing import Any

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def main() -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    answers = sys.stdout
    for line in sys.stdin:
        asked = json.loads(line)
        example = doctest.DocTestParser().get_doctest(asked["code"], names, asked["name"], asked["name"], 0)
        told: list[str] = []
        failed = doctest.DocTestRunner(optionflags=FLAGS).run(example, out=told.append, clear_globs=False).failed
        names = example.globs
        answers.write(json.dumps([failed, "".join(told)]) + "\n")
        answers.flush()


if __name__ == "__main__":
    sys.path[0] = ""  # the folder it runs in, not the one it lies in
    main()
