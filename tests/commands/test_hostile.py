"""Odd paths, strange files and hurried hands: a sentence and a code, never a trace, never a change."""

from __future__ import annotations

import os
from importlib import metadata
from pathlib import Path

import pytest

from mediator.commands import main, tree
from mediator.commands.program import Call, Streams
from tests.casework.desks import PASSWORD, a_document, encoded
from tests.commands.shell import Shell


@pytest.mark.parametrize("name", ["我的 库", 'it\'s "a" vault', "-库", "长" * 80, "库\u3000（一）", "%s{0}\\n"])
def test_a_vault_lies_wherever_the_system_allows(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    shell = Shell(tmp_path / name)
    assert shell.create().code == 0
    assert len(shell.take_in(a_document()).document["cases"]) == 1


@pytest.mark.parametrize("name", ["file", "file/below", "长" * 300])
def test_a_vault_cannot_lie_where_no_folder_can(bare_shell: Shell, name: str) -> None:
    (bare_shell.folder / "file").write_bytes(b"old")
    form = ["--organization", "某镇", "--division", "331122101", "--user", "li", "--name", "李"]
    place = str(bare_shell.folder / name)
    done = bare_shell.bare("vault", "create", *form, "--vault", place, "--json", "--password-file",
                           bare_shell.secret_file(PASSWORD))  # fmt: skip
    assert done.code in (4, 6)
    assert done.error["code"] != "bug.unexpected"
    assert (bare_shell.folder / "file").read_bytes() == b"old"
    listed = bare_shell.bare("case", "list", "--vault", place, "--json", "--password-file",
                             bare_shell.secret_file(PASSWORD))  # fmt: skip
    assert listed.code in (3, 4, 6)
    assert listed.error["code"] != "bug.unexpected"


@pytest.mark.parametrize("kind", ["broken link", "link to itself", "folder", "sparse"])
def test_a_strange_case_file_is_refused_and_named(shell: Shell, kind: str) -> None:
    path = shell.folder / "案件.json"
    if kind == "broken link":
        path.symlink_to(shell.folder / "gone")
    elif kind == "link to itself":
        path.symlink_to(path)
    elif kind == "folder":
        path.mkdir()
    else:
        with path.open("wb") as file:
            file.truncate(64 * 1024 * 1024 + 1)
    entries = shell.entries()
    done = shell("case", "import", str(path))
    assert done.code in (4, 6)
    assert done.document["file"] == str(path)
    assert done.error["code"] in ("file.missing", "file.read", "case.size")
    assert shell.entries() == entries + 2  # the two checks: a login and a trace


def test_a_link_to_a_case_file_is_as_good_as_the_file(shell: Shell) -> None:
    (shell.folder / "real.json").write_bytes(encoded(a_document()))
    (shell.folder / "link.json").symlink_to(shell.folder / "real.json")
    assert shell("case", "import", str(shell.folder / "link.json")).code == 0


def test_an_endless_input_is_read_no_further_than_a_case_file_may_be(shell: Shell) -> None:
    class Endless:
        taken = 0

        def read(self, size: int) -> bytes:
            self.taken += size
            return b" " * size

    source = Endless()
    streams = Streams(source, None, None, lambda _: "", lambda: False)  # type: ignore[arg-type]  # only read is used
    from mediator.commands.case import readable

    call = Call(tree.parse(["case", "import", "-"], "0"), None, streams)  # type: ignore[arg-type]  # no program needed
    good, stopped = readable(call)
    assert (good, source.taken) == ([], 64 * 1024 * 1024 + 1)
    assert stopped is not None
    assert stopped.error.code == "case.size"


@pytest.mark.parametrize("source", [".", "没有", "目录"])
def test_a_password_file_that_is_none_is_wrong_use_and_named(shell: Shell, source: str) -> None:
    (shell.folder / "目录").mkdir()
    path = source if source == "." else str(shell.folder / source)
    done = shell.bare("case", "list", "--vault", str(shell.vault), "--password-file", path, "--json")
    assert (done.code, done.error["code"], done.error["where"]) == (2, "usage.password_file", source)


def test_a_password_in_the_environment_is_not_looked_at(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PASSWORD", "MEDIATOR_PASSWORD", "VAULT_PASSWORD"):
        monkeypatch.setenv(name, PASSWORD)
    done = shell.bare("case", "list", "--vault", str(shell.vault), "--json")
    assert (done.code, done.error["code"]) == (2, "usage.password")


def test_a_line_that_was_cut_at_the_limit_is_too_long_and_not_badly_encoded(shell: Shell) -> None:
    number = shell.number_of(a_document())
    done = shell("hearing", "record", number, stdin=b"a\t" + "长".encode() * 300_000 + b"\n")
    assert (done.code, done.document["error"]["code"], done.document["error"]["where"]) == (4, "hearing.long", "1")


def test_a_word_that_is_no_text_is_wrong_use_unless_such_a_file_is_there(shell: Shell) -> None:
    odd = os.fsdecode(bytes(shell.folder / "x") + b"\xff")
    done = shell("case", "import", odd)
    assert (done.code, done.error["code"]) == (2, "usage")
    Path(odd).write_bytes(encoded(a_document()))
    assert shell("case", "import", odd).code == 0


def test_two_at_once_is_refused_and_the_first_goes_on(shell: Shell) -> None:
    from mediator.casework import opening

    desk = opening.unlock(shell.workshop, shell.vault, None, PASSWORD)
    done = shell("case", "list")
    assert (done.code, done.error["code"]) == (3, "vault.locked_by_other")
    assert opening.check(desk, full=True).ok
    opening.lock(desk)
    assert shell("case", "list").code == 0


def test_an_uninstalled_program_still_has_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> str:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", missing)
    assert main.version() == "0"
