"""`mediator document` for papers that are there: checked without a vault, reprinted, replaced, verified by page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.shell import Shell
from tests.commands.test_document import make, number

__all__ = ["number"]


def issued(shell: Shell, case: str, *more: str) -> dict[str, object]:
    """An application as JSON tells of it."""
    made: dict[str, object] = shell(*make(shell, case, *more)).document["documents"][0]
    return made


def paths(made: dict[str, object]) -> list[Path]:
    """Where its files lie."""
    files = made["files"]
    assert isinstance(files, list)
    return [Path(row["path"]) for row in files]


def test_sound_files_are_checked_without_a_vault_or_a_password(shell: Shell, number: str) -> None:
    files = paths(issued(shell, number))
    done = shell.bare("document", "check", *map(str, files), "--json")
    assert done.code == 0
    assert [row["findings"] for row in done.document["results"]] == [[], []]
    assert shell.bare("document", "check", str(files[0])).out == f"{files[0]}\t没有发现问题\n"


def test_a_fault_is_told_with_its_check_and_place(shell: Shell, number: str) -> None:
    file = paths(issued(shell, number))[1]
    other = file.with_name("另一个名字.pdf")
    file.rename(other)
    done = shell.bare("document", "check", str(other), "--json")
    (row,) = done.document["results"]
    assert [(each["check"], each["place"]) for each in row["findings"]] == [("C25", other.name)]
    assert "文件名不是文号加名称（C25" in shell.bare("document", "check", str(other)).out


def test_names_are_held_against_the_case_that_is_named(shell: Shell, number: str) -> None:
    files = paths(issued(shell, number))
    done = shell("document", "check", *map(str, files), "--case", number)
    assert [row["findings"] for row in done.document["results"]] == [[], []]
    assert shell("document", "check", str(files[0]), "--case", "没有的案件").error["code"] == "case.unknown"


def test_a_reprint_gives_the_very_bytes_and_a_copy_says_so(shell: Shell, number: str) -> None:
    made = issued(shell, number)
    given = str(made["number"])
    again = shell("document", "reprint", number, given, "--out", str(shell.folder / "再"))
    copy = shell("document", "reprint", number, given, "--copy", "--out", str(shell.folder / "副"))
    files = made["files"]
    assert isinstance(files, list)
    assert [row["sha256"] for row in again.document["files"]] == [row["sha256"] for row in files]
    assert all(" 副本 " in Path(row["path"]).name for row in copy.document["files"])
    states = shell("document", "verify", *(row["path"] for row in copy.document["files"])).document["results"]
    assert {(row["state"], row["note"]) for row in states} == {("genuine", "这是副本")}


def test_a_paper_that_was_replaced_is_told_as_such(shell: Shell, number: str) -> None:
    old = issued(shell, number)
    new = issued(shell, number, "--replaces", str(old["number"]))
    rows = shell("document", "verify", *map(str, paths(old))).document["results"]
    assert {(row["state"], row["document"], row["note"]) for row in rows} == {
        ("superseded", old["number"], f"已被编号{new['number']}的文书代替")
    }
    again = shell(*make(shell, number, "--replaces", str(old["number"])))
    assert (again.code, again.error["code"]) == (1, "document.replaced")
    unknown = shell(*make(shell, number, "--replaces", "没有的文号"))
    assert (unknown.code, unknown.error["code"]) == (1, "document.unknown")


def test_the_page_that_verifies_is_one_file_with_the_key_inside(shell: Shell, number: str) -> None:
    old = issued(shell, number)
    issued(shell, number, "--replaces", str(old["number"]))
    done = shell("document", "page", "--out", str(shell.folder / "核对.html"))
    assert (done.document["keys"], done.document["superseded"]) == (1, 1)
    text = Path(done.document["file"]).read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "src=" not in text.replace("script-src", "").replace("style-src", "")


@pytest.mark.parametrize("data", [b"", b"x", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_paper_cannot_be_checked_and_is_named(shell: Shell, data: bytes) -> None:
    (shell.folder / "怪.pdf").write_bytes(data)
    done = shell("document", "check", str(shell.folder / "怪.pdf"))
    assert (done.code, done.error["code"], done.error["where"]) == (4, "document.unreadable", "怪.pdf")
