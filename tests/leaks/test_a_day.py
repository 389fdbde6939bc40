"""After a whole day's work nothing of the parties stands in clear in vault, stick, county, profile, temp or logs."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.casework.samples import sample_files
from tests.casework.desks import ROOT

COUNT = 30
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def secrets_of_samples() -> list[str]:
    """Sentences, facts, clauses and sums of the sample cases: thirty things nobody else may read."""
    found: list[str] = []
    for _, data in sample_files():
        document = json.loads(data)
        found += [document["facts"][:24], document["facts"][-16:]]
        found += [turn["text"][:16] for sitting in document.get("hearings", ()) for turn in sitting["turns"]]
        found += [clause["text"][:16] for clause in document.get("agreement", {}).get("clauses", ())]
    long_enough = [text for text in dict.fromkeys(found) if len(text) >= 8]
    return long_enough[:: max(len(long_enough) // COUNT, 1)][:COUNT]


def forms(secret: str) -> Iterator[bytes]:
    """A secret as it could stand in a file: four encodings, hexadecimal, base64 at each of its three offsets."""
    for encoding in ENCODINGS:
        yield secret.encode(encoding)
    plain = secret.encode()
    yield plain.hex().encode()
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain)
        yield coded[4 * bool(offset) : -4]


def leaks(folders: list[Path], secrets: list[str]) -> list[str]:
    """Where any secret stands in any form."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            data = path.read_bytes() if path.is_file() else b""
            found += [f"{path}: {secret}" for secret in secrets if any(form in data for form in forms(secret))]
    return found


@pytest.mark.threat("T13")
def test_a_day_leaves_no_secret_in_clear_but_in_the_papers(tmp_path: Path) -> None:
    home, temp, day = tmp_path / "home", tmp_path / "temp", tmp_path / "day"
    for folder in (home, temp):
        folder.mkdir()
    world = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "TMPDIR": str(temp),
    }
    command = [sys.executable, "-m", "mediator", "demo", "--dir", str(day)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=world, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    secrets = secrets_of_samples()
    assert len(secrets) == COUNT
    places = [day / "vault", day / "stick", day / "center", home, temp]
    assert leaks(places, secrets) == []
    assert not any(secret.encode() in done.stdout + done.stderr for secret in secrets)
    password = (day / "password.txt").read_text(encoding="utf-8").strip()
    assert leaks([*places, day / "documents"], [password]) == []


def test_the_scan_finds_a_secret_in_every_form(tmp_path: Path) -> None:
    secret = "张某某不愿意让人知道的事"
    for place, form in enumerate(forms(secret)):
        (tmp_path / f"{place}.bin").write_bytes(b"\x01before" + form + b"after\x02")
    assert len(leaks([tmp_path], [secret])) == len(ENCODINGS) + 4
