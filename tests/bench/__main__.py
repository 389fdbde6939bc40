"""Runs every measure in one process on one disk and prints a table; exit code 1 when a bar is missed.

`python -m tests.bench growth [FEW MANY]` asks instead what ten times as many cases do to each question.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.bench.county import COUNTY
from tests.bench.figures import FIGURES
from tests.bench.growth import growth
from tests.bench.likeness import LIKENESS
from tests.bench.lint import LINT
from tests.bench.measures import MEASURES, Measured
from tests.bench.papers import PAPERS


def main() -> int:
    """Measure and tell."""
    found: list[Measured] = []
    if sys.argv[1:2] == ["growth"]:
        for each in growth(*map(int, sys.argv[2:4])):
            found.append(each)
            print(told(each), flush=True)
        return 0 if all(each.met for each in found) else 1
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        for measure in (*PAPERS, *LINT, *FIGURES, *COUNTY, *LIKENESS, *MEASURES):
            for each in measure(Path(folder)):
                found.append(each)
                print(told(each), file=sys.stderr, flush=True)
    if "--json" in sys.argv:
        print(json.dumps([asdict(each) | {"met": each.met} for each in found], ensure_ascii=False))
    return 0 if all(each.met for each in found) else 1


def told(each: Measured) -> str:
    """One line of the table."""
    figure = f"{each.what}\t{each.value:.3f} {each.unit}"
    if each.bar is None:
        return f"{figure}\t只作比较"
    return f"{figure}\t{'≥' if each.at_least else '≤'} {each.bar}\t{'达到' if each.met else '没有达到'}"


if __name__ == "__main__":
    sys.exit(main())
