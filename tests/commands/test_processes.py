"""Real processes: the installed program, its streams, and what a kill leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mediator.casework import opening, reading
from mediator.casework.reading import RowQuery
from tests.casework.desks import PASSWORD, ROOT, a_desk, a_document, a_hearing, a_workshop, encoded

LIGHT = [sys.executable, "-m", "tests.commands.light"]
REAL = [sys.executable, "-m", "mediator"]
MANY = 60


def environment() -> dict[str, str]:
    """This environment without a home, so that no default place is touched."""
    return {**os.environ, "HOME": "/nonexistent", "XDG_DATA_HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}


def process(argv: list[str], *, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run to the end."""
    return subprocess.run(argv, input=stdin, capture_output=True, cwd=ROOT, env=environment(), timeout=120, check=False)


@pytest.fixture
def place(tmp_path: Path) -> list[str]:
    """Options that name a vault with one case, number `临…-0001`."""
    desk = a_desk(tmp_path / "vault", workshop=a_workshop())
    opening.lock(desk)
    secret = tmp_path / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    return ["--vault", str(tmp_path / "vault"), "--password-file", str(secret)]


def test_the_program_starts_fast_and_imports_no_room_it_does_not_need() -> None:
    code = (
        "import sys\nfrom mediator.__main__ import main\nsys.argv = ['mediator', 'vault', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in sys.modules if name.startswith(('mediator.store', 'mediator.docs', 'sync',"
        " 'mediator.ui', 'PySide6', 'httpx', 'reportlab', 'sqlcipher3'))])"
    )
    done = process([sys.executable, "-c", code])
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_the_real_program_makes_a_vault_with_real_passwords_and_opens_it(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    common = ["--vault", str(tmp_path / "vault"), "--password-file", str(secret), "--json"]
    form = ["--organization", "某镇调委会", "--division", "331122101", "--user", "li", "--name", "李调解"]
    made = process([*REAL, "vault", "create", *form, *common])
    assert made.returncode == 0, made.stderr.decode()
    assert json.loads(made.stdout)["recovery_code"]
    refused = process([*REAL, "case", "list", *common[:3], "-", "--json"], stdin=b"wrong password here\n")
    assert refused.returncode == 3
    assert json.loads(refused.stdout)["error"]["code"] == "vault.wrong_password"


@pytest.mark.threat("T08")
def test_a_vault_made_with_cheap_passwords_is_refused_by_the_real_program(place: list[str]) -> None:
    done = process([*REAL, "case", "list", *place, "--json"])
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (4, "vault.kdf")


def test_output_is_utf_8_whatever_the_locale(place: list[str]) -> None:
    env = {**environment(), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*LIGHT, "case", "show", "无", *place], capture_output=True, cwd=ROOT, env=env, check=False)
    assert done.returncode == 4
    assert "没有找到这个案件" in done.stderr.decode()


def test_a_pipe_that_closes_early_is_quiet(place: list[str]) -> None:
    child = subprocess.Popen([*LIGHT, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
                             env=environment())  # fmt: skip
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    assert b"Traceback" not in child.stderr.read()
    child.stderr.close()
    child.wait(30)


def count(tmp_path: Path) -> int:
    """Cases in the vault, which must open at once and be whole."""
    began = time.perf_counter()
    desk = opening.unlock(a_workshop(), tmp_path / "vault", None, PASSWORD)
    assert time.perf_counter() - began < 5
    try:
        assert opening.check(desk, full=True).ok
        return reading.count(desk, RowQuery())
    finally:
        opening.lock(desk)


def killed_imports(tmp_path: Path, place: list[str], kills: int) -> None:
    """Kill an import at points spread over its whole life; each time all of it or nothing is there."""
    path = tmp_path / "many.json"
    path.write_bytes(encoded([a_document(hearings=[a_hearing()]) for _ in range(MANY)]))
    argv = [*LIGHT, "case", "import", str(path), *place]
    began = time.perf_counter()
    assert process(argv).returncode == 0
    whole = time.perf_counter() - began
    held = count(tmp_path)
    assert held == MANY
    for number in range(kills):
        child = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
                                 env=environment())  # fmt: skip
        try:
            acknowledged = child.wait(whole * (0.3 + 0.7 * (number + 1) / kills)) == 0
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            acknowledged = False
        now = count(tmp_path)
        assert now in ((held + MANY,) if acknowledged else (held, held + MANY))
        held = now


def test_a_killed_import_is_whole_or_nothing(tmp_path: Path, place: list[str]) -> None:
    killed_imports(tmp_path, place, 6)


@pytest.mark.full
def test_twenty_killed_imports_are_whole_or_nothing(tmp_path: Path, place: list[str]) -> None:
    killed_imports(tmp_path, place, 20)


@pytest.mark.threat("T22")
def test_a_killed_hearing_keeps_every_turn_that_was_said_to_be_saved(tmp_path: Path, place: list[str]) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(encoded(a_document()))
    number = json.loads(process([*LIGHT, "case", "import", str(path), *place, "--json"]).stdout)["cases"][0]["number"]
    for kill_after in (1, 7, 20):
        child = subprocess.Popen([*LIGHT, "hearing", "record", number, *place], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, cwd=ROOT, env=environment())  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("".join(f"a\t第{line}句\n" for line in range(1, 60)).encode())
        child.stdin.flush()
        for saved in range(1, kill_after + 1):
            assert child.stdout.readline() == f"saved {saved}\n".encode()
        child.kill()
        child.stdin.close()
        child.stdout.close()
        child.wait()
        desk = opening.unlock(a_workshop(), tmp_path / "vault", None, PASSWORD)
        turns = reading.show(desk, number).case.hearings[-1].turns
        opening.lock(desk)
        assert [turn.text for turn in turns] == [f"第{line}句" for line in range(1, len(turns) + 1)]
        assert len(turns) >= kill_after
