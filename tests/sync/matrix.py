"""The failure matrix as a table of row, test and result: `python -m tests.sync.matrix [--full] [ROW ...]`."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = Path(__file__).with_suffix(".md")
LINE: Final = re.compile(r"\| (\d+) \| (.+?) \| (.+) \|")


@dataclass(frozen=True, slots=True)
class Row:
    """A fault; `tests` are nodes or whole files, none where `why` says what is not there."""

    no: int
    fault: str
    tests: tuple[str, ...]
    why: str = ""


def rows() -> list[Row]:
    """The page's table."""
    found = (LINE.fullmatch(line) for line in PAGE.read_text(encoding="utf-8").splitlines())
    return [row_of(*match.groups()) for match in found if match]


def row_of(no: str, fault: str, told: str) -> Row:
    """One line."""
    if told.startswith("- "):
        return Row(int(no), fault, (), told[2:])
    return Row(int(no), fault, tuple(told.split(", ")))


def result(row: Row, *, full: bool) -> str:
    """What its tests say now."""
    if not row.tests:
        return f"none: {row.why}"
    tier = ["-m", ""] if full else []
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *tier, *row.tests], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return "holds" if done.returncode == 0 else "DOES NOT HOLD"


def main(words: list[str]) -> int:
    """Print the table; 1 when a row does not hold."""
    asked = {int(word) for word in words if word.isdigit()}
    told = [(row, result(row, full="--full" in words)) for row in rows() if not asked or row.no in asked]
    for row, said in told:
        print(f"| {row.no} | {row.fault} | {said} | {', '.join(row.tests)} |", flush=True)
    return int(any(said.startswith("DOES") for _, said in told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
