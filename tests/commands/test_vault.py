"""`mediator vault` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.casework.desks import PASSWORD
from tests.commands.shell import Shell

NEW = "石桥下的流水 77 声"


def test_a_new_vault_shows_its_recovery_code_once(bare_shell: Shell) -> None:
    done = bare_shell.create()
    assert done.code == 0
    assert len(done.document["vault_id"]) == 32
    assert len(done.document["recovery_code"].replace("-", "")) == 48


@pytest.mark.parametrize(
    ("changes", "code", "word"),
    [
        (["--division", "12"], 4, "room.division"),
        (["--organization", ""], 4, "room.organization"),
    ],
)
def test_a_vault_with_a_wrong_form_is_not_made(bare_shell: Shell, changes: list[str], code: int, word: str) -> None:
    argv = ["--organization", "某镇调委会", "--division", "331122101", "--user", "li", "--name", "李调解", *changes]
    done = bare_shell("vault", "create", *argv)
    assert (done.code, done.error["code"]) == (code, word)
    assert not bare_shell.vault.exists()


def test_a_vault_needs_a_user_and_a_password_that_is_no_argument(bare_shell: Shell) -> None:
    form = ["vault", "create", "--organization", "某镇", "--division", "331122101", "--name", "李", "--json"]
    assert bare_shell.bare(*form).error["where"] == "缺少 --user"
    assert bare_shell.bare(*form, "--user", "li").error["code"] == "usage.password"
    missing = bare_shell.bare(*form, "--user", "li", "--password-file", "没有的文件")
    assert (missing.code, missing.error["code"]) == (2, "usage.password_file")


def test_a_weak_password_is_refused_by_rule(bare_shell: Shell) -> None:
    argv = ["--organization", "某镇", "--division", "331122101", "--user", "li", "--name", "李"]
    done = bare_shell("vault", "create", *argv, password="kurz")
    assert (done.code, done.error["code"]) == (1, "password.short")


def test_a_second_vault_in_the_same_place_is_refused(shell: Shell) -> None:
    done = shell.create()
    assert (done.code, done.error["code"]) == (1, "vault.exists")


def test_a_terminal_is_asked_twice_for_a_new_password(bare_shell: Shell) -> None:
    form = ["vault", "create", "--vault", str(bare_shell.vault), "--organization", "某镇", "--division", "331122101",
            "--user", "li", "--name", "李", "--json"]  # fmt: skip
    bare_shell.secrets = [PASSWORD, NEW]
    assert bare_shell.bare(*form, terminal=True).error["code"] == "usage.typed_twice"
    bare_shell.secrets = [PASSWORD, PASSWORD]
    assert bare_shell.bare(*form, terminal=True).code == 0
    bare_shell.secrets = [PASSWORD]
    assert bare_shell.bare("case", "list", "--vault", str(bare_shell.vault), terminal=True).code == 0


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_a_password_comes_from_standard_input(shell: Shell, ending: str) -> None:
    argv = ["case", "list", "--vault", str(shell.vault), "--password-file", "-", "--json"]
    assert shell.bare(*argv, stdin=f"{PASSWORD}{ending}".encode()).code == 0


def test_a_wrong_password_is_code_3_and_changes_nothing(shell: Shell) -> None:
    before = {path.name: path.read_bytes() for path in shell.vault.iterdir() if path.is_file()}
    done = shell("case", "list", password="falsches Passwort")
    assert (done.code, done.error["code"]) == (3, "vault.wrong_password")
    assert done.error["safe"]
    assert {path.name: path.read_bytes() for path in shell.vault.iterdir() if path.is_file()} == before


def test_a_place_without_vault_is_code_3(bare_shell: Shell) -> None:
    done = bare_shell("case", "list")
    assert (done.code, done.error["code"]) == (3, "vault.none")


def test_a_plain_database_is_refused_and_left_alone(shell: Shell) -> None:
    database = shell.vault / "vault.db"
    database.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    done = shell("case", "list")
    assert (done.code, done.error["code"]) == (4, "vault.plain")
    assert database.read_bytes().startswith(b"SQLite format 3")


def test_a_check_counts_entries_and_finds_nothing(shell: Shell) -> None:
    done = shell("vault", "check", "--full")
    assert done.code == 0
    assert done.document["ok"] is True
    assert done.document["findings"] == []
    assert "保险库完好" in shell.in_words("vault", "check").out


def test_a_damaged_vault_is_code_4(shell: Shell) -> None:
    database = shell.vault / "vault.db"
    data = bytearray(database.read_bytes())
    for place in range(len(data) // 2, len(data) // 2 + 64):
        data[place] ^= 0xFF
    database.write_bytes(data)
    done = shell("vault", "check", "--full")
    assert done.code == 4
    document = done.document
    assert "error" in document or (document["ok"] is False and document["findings"][0]["message"].endswith("。"))


def test_the_password_is_changed(shell: Shell) -> None:
    new = shell.secret_file(NEW, "new")
    assert shell("vault", "passwd", "--new-password-file", new).document == {"changed": True}
    assert shell("case", "list").code == 3
    assert shell("case", "list", password=NEW).code == 0


def test_old_and_new_password_may_both_come_from_standard_input(shell: Shell) -> None:
    argv = [
        "vault",
        "passwd",
        "--vault",
        str(shell.vault),
        "--password-file",
        "-",
        "--new-password-file",
        "-",
        "--json",
    ]
    assert shell.bare(*argv, stdin=f"{PASSWORD}\n{NEW}\n".encode()).code == 0


def test_users_come_and_go(shell: Shell) -> None:
    new = shell.secret_file(NEW, "new")
    added = shell("vault", "user", "add", "wang", "--name", "王调解", "--new-password-file", new)
    assert {row["login"] for row in added.document["users"]} == {"li", "wang"}
    listed = shell("vault", "user", "list", "--user", "wang", password=NEW)
    assert listed.document == added.document
    unsaid = shell("vault", "user", "list")
    assert (unsaid.code, unsaid.error["code"]) == (3, "vault.which_user")
    removed = shell("vault", "user", "remove", "wang", "--user", "li")
    assert [row["login"] for row in removed.document["users"]] == ["li"]
    last = shell("vault", "user", "remove", "li")
    assert (last.code, last.error["code"]) == (1, "vault.last_user")


def test_a_backup_comes_back_as_another_device(shell: Shell, tmp_path: Path) -> None:
    done = shell("vault", "backup", "--out", str(tmp_path / "out"))
    assert done.document["verified"] is True
    folder = done.document["backup"]
    new = str(tmp_path / "new")
    back = shell.bare("vault", "restore", "--from", folder, "--vault", new, "--json", "--password-file",
                      shell.secret_file(PASSWORD))  # fmt: skip
    assert back.code == 0
    assert back.document["verified"] is True
    assert back.document["entries"] > done.document["entries"]
    assert back.document["device"] != shell("sync", "status").document["device"]


def test_a_restore_from_nothing_is_code_4(bare_shell: Shell, tmp_path: Path) -> None:
    done = bare_shell("vault", "restore", "--from", str(tmp_path / "nichts"))
    assert (done.code, done.error["code"]) == (4, "backup.none")


def test_the_recovery_code_opens_the_way_once(bare_shell: Shell) -> None:
    code = bare_shell.secret_file(bare_shell.create().document["recovery_code"], "code")
    new = bare_shell.secret_file(NEW, "new")
    argv = ["vault", "recover", "--vault", str(bare_shell.vault), "--code-file", code, "--new-password-file", new,
            "--json"]  # fmt: skip
    done = bare_shell.bare(*argv)
    assert done.code == 0
    assert done.document["verified"] is True
    assert len(done.document["recovery_code"].replace("-", "")) == 48
    assert bare_shell("case", "list", password=NEW).code == 0
    again = bare_shell.bare(*argv)
    assert (again.code, again.error["code"]) == (3, "recovery.wrong")
