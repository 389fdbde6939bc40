"""Binds the dossier of a prepared vault in a process of its own; prints seconds, pages and the peak memory in MiB.

    python -m tests.bench.dossier_child VAULT CASE OUT

The peak of a process only ever grows, so that nothing but the unlocking and the binding may run in it.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from mediator.casework import dossier, opening
from mediator.core.records import CaseId
from tests.casework.desks import PASSWORD, a_workshop


def main(vault: str, case: str, out: str) -> None:
    """Unlock, bind, tell."""
    desk = opening.unlock(a_workshop(seed=8), Path(vault), None, PASSWORD)
    try:
        begun = time.perf_counter()
        filed = dossier.file(desk, CaseId(case), out=Path(out))
        seconds = time.perf_counter() - begun
    finally:
        opening.lock(desk)
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(seconds, filed.pages, kibibytes / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
