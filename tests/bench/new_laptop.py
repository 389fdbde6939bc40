"""A new laptop from an empty vault to a township's cases: `python -m tests.bench.new_laptop [CASES]`.

G6: at most 180 s for 5,000. One laptop brings the cases to a county over loopback, another joins and makes its first
exchange; both vaults and the county are real, encrypted and durable. Then each entry is proved by its author's
signature.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from mediator.casework import exchange, importing, opening, reading
from mediator.casework.desk import Desk
from mediator.casework.reading import RowQuery
from mediator.store.checking import check
from mediator.wiring import build_workshop
from tests.bench.ours import PASSWORD, ROOM, a_county, documents, seconds

BAR: Final = 180.0
CASES: Final = 5_000
BATCH: Final = 500


def filled(desk: Desk, cases: int) -> None:
    """So many made-up cases, a few hundred to a transaction."""
    files = documents(cases, 7)
    for start in range(0, cases, BATCH):
        importing.import_file(desk, json.dumps(files[start : start + BATCH], ensure_ascii=False).encode())


def measured(folder: Path, cases: int) -> dict[str, float]:
    """Seconds until all cases are there, and until all are proved; the first exchange is the only one."""
    workshop = build_workshop()
    old = opening.create(workshop, folder / "old", ROOM, PASSWORD).desk
    center = a_county(folder)
    with center.serving() as url:
        exchange.enroll_network(old, url, center.code(ROOM.division))
        filled(old, cases)
        exchange.by_network(old, url)
        opening.lock(old)
        new = opening.create(workshop, folder / "new", ROOM, PASSWORD).desk
        begun, worked = time.perf_counter(), time.process_time()
        exchange.enroll_network(new, url, center.code(ROOM.division))
        done = exchange.by_network(new, url)
        came, worked = time.perf_counter() - begun, time.process_time() - worked
    if done.code or reading.count(new, RowQuery()) != cases:
        raise RuntimeError(f"{done.code}: {reading.count(new, RowQuery())} of {cases} cases")
    row = {"cases": float(cases), "entries": float(done.received), "usable_s": came, "laptop_cpu_s": worked}
    row["parts"] = float(sum(parts for name, (parts, _) in new.vault.shelf.cursors().items() if name.startswith("s:")))
    report = []
    row["proved_s"] = seconds(lambda: report.append(check(new.vault, full=True)))
    row["findings"] = float(len(report[0].findings))
    opening.lock(new)
    return row | {"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> int:
    """One line of JSON; exit code 1 when the bar is missed."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        row = measured(Path(folder), cases)
    print(json.dumps({name: round(value, 1) for name, value in row.items()}))
    return 0 if row["usable_s"] <= BAR and not row["findings"] else 1


if __name__ == "__main__":
    sys.exit(main())
