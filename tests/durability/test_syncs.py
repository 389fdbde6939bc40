"""A turn of a hearing costs one sync of the disk, no more and no less; counted at the system calls."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from mediator.casework import hearing, opening
from mediator.casework.hearing import HearingForm
from tests.casework.desks import ROOT, a_desk, a_document, taken_in

MANY, FEW = 60, 20


def syncs(folder: Path, count: int) -> int:
    """How often the disk is asked to make something durable while so many turns are recorded."""
    tracer = shutil.which("strace")
    assert tracer, "scripts/setup.sh test"
    log = folder.parent / f"trace{count}"
    command = [
        tracer,
        "-f",
        "-e",
        "trace=fsync,fdatasync",
        "-o",
        str(log),
        sys.executable,
        "-m",
        "tests.durability.talk",
    ]
    done = subprocess.run([*command, str(folder), str(count)], capture_output=True, cwd=ROOT, check=True, timeout=120)
    assert done.stdout.count(b"saved") == count
    return len(re.findall(r"f(?:data)?sync\(", log.read_text(encoding="utf-8", errors="replace")))


def test_a_turn_is_one_sync(tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "vault")
    case = taken_in(desk, a_document())
    hearing.open_hearing(desk, case, HearingForm(place="室"))
    opening.lock(desk)
    few, many = syncs(tmp_path / "vault", FEW), syncs(tmp_path / "vault", MANY)
    assert many - few == MANY - FEW
