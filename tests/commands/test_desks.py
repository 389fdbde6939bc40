"""A vault is locked whatever happens, and what was done is not called undone because locking failed."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from mediator.casework import importing, opening
from mediator.casework.desk import Desk
from mediator.errors import Unacceptable, WorldFailed
from mediator.store.vault import Vault
from tests.casework.desks import a_document, encoded
from tests.commands.shell import Shell

FULL = OSError(errno.ENOSPC, "no space", "vault.head.part")


@pytest.fixture
def no_room_for_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full by the time the vault is locked; all is let go all the same."""
    close = Vault.close

    def full(vault: Vault) -> None:
        close(vault)
        raise FULL

    monkeypatch.setattr(Vault, "close", full)


@pytest.mark.usefixtures("no_room_for_closing")
def test_a_disk_that_is_full_at_the_end_is_told_and_the_result_stands(bare_shell: Shell) -> None:
    made = bare_shell.create()
    assert made.code == 0
    assert made.document["recovery_code"]
    path = bare_shell.folder / "c.json"
    path.write_bytes(encoded(a_document()))
    done = bare_shell("case", "import", str(path))
    assert (done.code, len(done.document["cases"])) == (0, 1)
    assert "磁盘已满" in done.err


@pytest.mark.usefixtures("no_room_for_closing")
def test_a_failure_is_not_hidden_by_one_at_locking(bare_shell: Shell) -> None:
    bare_shell.create()
    done = bare_shell("case", "show", "无")
    assert (done.code, done.error["code"]) == (4, "case.unknown")


def test_the_vault_is_free_again_after_any_failure(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_desk: Desk, _ref: str) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("mediator.casework.reading.show", broken)
        assert shell("case", "show", "x").code == 70
    assert shell("case", "list").code == 0


def test_an_import_tells_what_came_in_before_the_disk_was_full(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in = importing.take_in
    taken: list[importing.Imported] = []

    def full_at_the_second(desk: Desk, file: Any) -> importing.Imported:
        if taken:
            raise WorldFailed("vault.disk_full")
        taken.append(take_in(desk, file))
        return taken[0]

    monkeypatch.setattr(importing, "take_in", full_at_the_second)
    names = []
    for name in ("一.json", "二.json", "三.json"):
        (shell.folder / name).write_bytes(encoded(a_document()))
        names.append(str(shell.folder / name))
    done = shell("case", "import", *names)
    assert (done.code, done.error["code"], done.document["file"]) == (6, "vault.disk_full", names[1])
    assert [case["file"] for case in done.document["cases"]] == names[:1]


def test_a_new_recovery_code_is_shown_even_when_the_check_after_it_fails(
    bare_shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = bare_shell.secret_file(bare_shell.create().document["recovery_code"], "code")
    new = bare_shell.secret_file("石桥下的流水 77 声", "new")

    def damaged(_desk: Desk, *, full: bool) -> Any:
        raise Unacceptable("vault.damaged")

    monkeypatch.setattr(opening, "check", damaged)
    argv = ["vault", "recover", "--vault", str(bare_shell.vault), "--code-file", code, "--new-password-file", new]
    done = bare_shell.bare(*argv, "--json")
    assert (done.code, done.error["code"]) == (4, "vault.damaged")
    fresh = done.document["recovery_code"]
    assert len(fresh.replace("-", "")) == 48
    Path(code).write_text(fresh, encoding="utf-8")
    words = bare_shell.bare(*argv)
    assert "新的恢复码（只显示这一次）：" in words.err
