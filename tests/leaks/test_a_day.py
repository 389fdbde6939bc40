"""After a whole day's work nothing of the parties stands in clear in vault, stick, county, backup, profile or temp."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.casework.desks import ROOT
from tests.journeys.test_first_day import SECRET, WORDS
from tests.leaks.day import Day
from tests.leaks.planted import CONTENT, COUNT, PASSWORDS, SPOKEN
from tests.leaks.scanner import files_in, leaks, uneven
from tests.sync.center.program import SECRET as COUNTY_SECRET

AT_THE_SCREEN = ("吴某斌", "吴某强", "街巷硬化占地", "被吴某强家的厕所和三棵树挡住", *WORDS, SECRET)
MACHINE = {"vault", "vault.attempts", "home", "temp", "stick", "backup", "center"}


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    made = Day(tmp_path_factory.mktemp("day"))
    made.morning()
    made.afternoon()
    return made


@pytest.mark.threat("T01")
@pytest.mark.threat("T13")
@pytest.mark.threat("T15")
def test_a_day_leaves_no_secret_in_clear_but_in_the_papers(day: Day) -> None:
    secrets = [*CONTENT, *PASSWORDS, day.code, "".join(char for char in day.code if char.isdigit())]
    assert len(secrets) == COUNT + 1 > 30, "the recovery code counts once"
    assert {path.name for path in day.others()} == MACHINE
    assert leaks(day.others(), [*secrets, COUNTY_SECRET]) == []
    assert leaks([day.at("out")], [*PASSWORDS, day.code]) == []
    assert not [secret for secret in secrets if secret.encode() in day.said]


@pytest.mark.threat("T01")
def test_the_scan_would_have_seen_them_in_the_papers_and_in_the_hands_of_people(day: Day) -> None:
    papers = {line.rpartition(": ")[2] for line in leaks([day.at("out")], CONTENT)}
    assert len(papers) > 10
    assert {line.rpartition(": ")[2] for line in leaks([day.at("hands")], CONTENT)} == set(CONTENT) - set(SPOKEN)


@pytest.mark.threat("T01")
def test_every_region_of_the_vaults_files_is_cipher_text_or_a_known_header(day: Day) -> None:
    held = {path.name: path.read_bytes() for path in files_in([day.at("vault")])}
    keys = json.loads(held.pop("vault.keys"))
    assert json.loads(held.pop("vault.keys.bak")) == keys
    assert set(keys) == {"format", "v", "vault_id", "epoch", "seq", "suite", "slots", "mac"}
    slots = ({"id", "kind", "login", "kdf", "salt", "m", "t", "p", "nonce", "ct"},)
    assert all(set(slot) in slots for slot in keys["slots"])
    assert set(json.loads(held.pop("vault.head"))) == {"n", "hash", "mac"}
    assert held.pop("lock", b"") == b""
    assert uneven(held.pop("ballast", b"")) == []
    assert uneven(held.pop("vault.db")) == []
    assert held == {}
    backups = [path for path in files_in([day.at("backup")]) if path.name == "vault.db"]
    assert [uneven(path.read_bytes()) for path in backups] == [[]]


@pytest.mark.threat("T01")
@pytest.mark.threat("T12")
def test_a_day_at_the_screen_leaves_nothing_either(tmp_path: Path) -> None:
    machine, out = Day(tmp_path), tmp_path / "screen"
    command = [sys.executable, "-m", "tests.leaks.screen", str(out)]
    env = {**machine.environment(), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=env, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    assert leaks([machine.at("home"), machine.at("temp"), out / "profile"], AT_THE_SCREEN) == []
    assert not [secret for secret in AT_THE_SCREEN if secret.encode() in done.stdout + done.stderr]
    assert leaks([out / "papers"], AT_THE_SCREEN)


@pytest.mark.full
@pytest.mark.threat("T01")
def test_the_demo_leaves_nothing_in_clear(tmp_path: Path) -> None:
    machine = Day(tmp_path)
    command = [sys.executable, "-m", "mediator", "demo", "--dir", str(tmp_path / "day")]
    done = subprocess.run(
        command, capture_output=True, cwd=ROOT, env=machine.environment(), check=False, timeout=300
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    places = [tmp_path / "day" / name for name in ("vault", "stick", "center")]
    secrets = [text for text in demo_texts() if len(text) >= 8]
    assert len(secrets) > 30
    assert leaks([*places, machine.at("home"), machine.at("temp")], secrets) == []
    password = (tmp_path / "day" / "password.txt").read_text(encoding="utf-8").strip()
    assert leaks([*places, machine.at("home"), tmp_path / "day" / "documents"], [password]) == []


def demo_texts() -> list[str]:
    """Sentences, facts and clauses of the sample cases."""
    from mediator.casework.samples import sample_files

    found: list[str] = []
    for _, data in sample_files():
        document = json.loads(data)
        found += [document["facts"][:24], document["facts"][-16:]]
        found += [turn["text"][:16] for sitting in document.get("hearings", ()) for turn in sitting["turns"]]
        found += [clause["text"][:16] for clause in document.get("agreement", {}).get("clauses", ())]
    return list(dict.fromkeys(found))
