"""One writer at a time; the lock dies with its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mediator.errors import NoAccess
from mediator.store.locking import HOLDER as NOTE
from mediator.store.locking import VaultLock
from tests.casework.desks import ROOT
from tests.store.vaults import GROUND, closed, opened

HOLDER = """
import sys
from pathlib import Path
from types import ModuleType
from mediator.errors import NoAccess
from mediator.store.locking import VaultLock
sys.stdin.read(1)
try:
    lock = VaultLock(Path(sys.argv[1]))
except NoAccess as error:
    print(error.code, flush=True)
else:
    print("mine", flush=True)
    sys.stdin.read()
"""


def start(folder: Path, many: int) -> list[subprocess.Popen[str]]:
    """Processes that stand ready to take the lock."""
    command = [sys.executable, "-c", HOLDER, str(folder)]
    return [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(many)
    ]


def rounds(folder: Path, many: int) -> list[str]:
    """All start at once; what each of them said."""
    holders = start(folder, many)
    for each in holders:
        assert each.stdin
        each.stdin.write("x")
        each.stdin.flush()
    said = [(each.stdout.readline().strip() if each.stdout else "") for each in holders]
    for each in holders:
        each.communicate()
    return sorted(said)


@pytest.mark.threat("T19")
@pytest.mark.parametrize("many", [2, 3, 5, 10])
def test_of_many_starts_at_once_exactly_one_writes(many: int, tmp_path: Path) -> None:
    assert rounds(tmp_path, many) == ["mine"] + ["vault.locked_by_other"] * (many - 1)


@pytest.mark.full
@pytest.mark.threat("T19")
def test_of_many_starts_at_once_exactly_one_writes_fifty_times(tmp_path: Path) -> None:
    for turn in range(50):
        many = 2 + turn % 9
        assert rounds(tmp_path, many) == ["mine"] + ["vault.locked_by_other"] * (many - 1)


@pytest.mark.threat("T19")
def test_after_the_holder_was_killed_the_next_start_works_at_once(tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault")
    [holder] = start(folder, 1)
    assert holder.stdin
    assert holder.stdout
    holder.stdin.write("x")
    holder.stdin.flush()
    assert holder.stdout.readline() == "mine\n"
    with pytest.raises(NoAccess, match=r"vault\.locked_by_other"):
        opened(folder)
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    opened(folder).close()
    holder.communicate()


@pytest.mark.threat("T19")
def test_a_second_window_of_the_same_program_is_refused_and_the_first_works_on(tmp_path: Path) -> None:
    vault = opened(closed(tmp_path / "vault"))
    with pytest.raises(NoAccess, match=r"vault\.locked_by_other"):
        opened(tmp_path / "vault")
    vault.keep_setting("name", "value")
    vault.close()
    opened(tmp_path / "vault").close()


def test_letting_go_twice_is_harmless_and_the_lock_is_free(tmp_path: Path) -> None:
    lock = VaultLock(tmp_path)
    lock.release()
    lock.release()
    VaultLock(tmp_path).release()


@pytest.mark.threat("T19")
def test_on_windows_the_first_byte_is_locked_without_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    class Msvcrt(ModuleType):
        """As much of Windows as the lock asks for."""

        LK_NBLCK = 3

        @staticmethod
        def locking(_handle: int, mode: int, size: int) -> None:
            if asked:
                raise PermissionError(13, "in use")
            asked.append((mode, size))

    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt("msvcrt"))
    monkeypatch.setattr(sys, "platform", "win32")
    lock = VaultLock(tmp_path)
    with pytest.raises(NoAccess, match=r"vault\.locked_by_other"):
        VaultLock(tmp_path)
    lock.release()
    assert asked == [(3, 1)]


def test_who_finds_it_held_is_told_by_whom_and_since_when(tmp_path: Path) -> None:
    folder = closed(tmp_path / "v")
    first = opened(folder)
    with pytest.raises(NoAccess) as told:
        opened(folder)
    assert told.value.facts == {"login": "li", "since": GROUND.now()}
    first.close()
    assert not (folder / NOTE).exists()


@pytest.mark.parametrize("note", [b"", b"[]", b'{"login": "li"}', b'{"login": 1, "since": "x"}', bytes(9999)])
def test_a_note_that_says_nothing_is_no_word_about_anybody(tmp_path: Path, note: bytes) -> None:
    lock = VaultLock(tmp_path)
    (tmp_path / NOTE).write_bytes(note)
    with pytest.raises(NoAccess) as told:
        VaultLock(tmp_path)
    assert told.value.facts == {}
    lock.release()


def test_what_a_killed_holder_said_is_not_said_of_the_next(tmp_path: Path) -> None:
    (tmp_path / NOTE).write_text('{"login": "zhang", "since": 1}', encoding="utf-8")
    lock = VaultLock(tmp_path)
    with pytest.raises(NoAccess) as told:
        VaultLock(tmp_path)
    assert told.value.facts == {}
    lock.release()
