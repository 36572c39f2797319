"""The gate of CI: quality below what was reached once is a failure.

    python -m benchmarks.floors [--raise]

Judges the fixtures by token F1 (all of them, on any machine) and, where the development data are present, the extraction sets with the weights that never
saw a page's host. The floors are in floors.json; a floor goes up in the commit that earns it and down only with a reason.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

from benchmarks.data import data_folder
from benchmarks.metrics import token_f1
from cleaner import clean

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).parent / "floors.json"


def fixture_scores() -> dict[str, float]:
    """Mean token F1 by family of fixtures."""
    scores: dict[str, list[float]] = defaultdict(list)
    for about in sorted((ROOT / "fixtures").glob("*/*/about.toml")):
        case = about.parent
        page = next(path for path in (case / "page.html", case / "page.txt") if path.exists())
        url = tomllib.loads(about.read_text(encoding="utf-8")).get("url")
        result = clean(page.read_bytes(), url=url if isinstance(url, str) else None)
        score = token_f1(result.text, (case / "expected.txt").read_text(encoding="utf-8"))
        scores[case.parent.name].append(score)
        scores["all"].append(score)
    return {name: sum(values) / len(values) for name, values in scores.items()}


def data_present() -> bool:
    """Whether the extraction sets are where the benchmark looks for them."""
    return (data_folder() / "extraction").is_dir()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="raising", action="store_true", help="floors go up to what is reached now")
    raising = parser.parse_args().raising
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    section = floors.setdefault("fixtures", {})
    good = True
    for name, value in fixture_scores().items():
        floor = section.get(name, 0.0)
        print(f"fixtures {name:16s} {value:.4f}  floor {floor:.4f}")
        good &= value >= floor
        if raising:
            section[name] = max(floor, int(value * 10_000) / 10_000)
    if raising:
        FLOORS.write_text(json.dumps(floors, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    if not data_present():
        print("extraction: not run, the development data are not here")
    else:
        flags = ["--raise-floors"] if raising else ["--floors"]
        good &= (
            subprocess.run(
                [sys.executable, "-m", "benchmarks.extraction", "--held-back", *flags], cwd=ROOT, check=False
            ).returncode
            == 0
        )
    print("floors hold" if good else "BELOW A FLOOR")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
