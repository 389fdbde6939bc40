"""`mediator document` for people, and a name that no face can set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.casework.desks import a_document, a_hearing, an_agreement
from tests.commands.shell import Shell


@pytest.fixture
def number(shell: Shell) -> str:
    return shell.number_of(a_document())


def make(shell: Shell, number: str, *more: str) -> list[str]:
    """Arguments that make an application."""
    return ["document", "make", number, "application", "--out", str(shell.folder / "出 口"), *more]


def test_people_read_title_number_pages_and_paths(shell: Shell, number: str) -> None:
    done = shell.in_words(*make(shell, number, "--format", " docx , pdf "))
    title, given, pages, paths = done.out.strip().split("　")
    assert (title, given, pages) == ("人民调解申请书", f"{number}-申1", "1页")
    assert [Path(path).suffix for path in paths.split("、")] == [".docx", ".pdf"]
    assert "草稿" in shell.in_words(*make(shell, number, "--draft")).out


def test_people_read_whether_a_paper_is_the_one_that_was_issued(shell: Shell, number: str) -> None:
    paper = Path(shell(*make(shell, number, "--format", "pdf")).document["documents"][0]["files"][0]["path"])
    altered, strange = shell.folder / "改.pdf", shell.folder / "别的.txt"
    altered.write_bytes(paper.read_bytes() + b" ")
    strange.write_bytes(b"x")
    done = shell.in_words("document", "verify", str(paper), str(altered), str(strange))
    assert [line.split("\t") for line in done.out.splitlines()] == [
        ["与登记相符", str(paper), f"{number}-申1"],
        ["已被改动", str(altered), f"{number}-申1", "不是出具的 PDF 文件"],
        ["没有登记", str(strange), ""],
    ]


def test_the_kinds_are_listed_by_the_name_that_make_takes(shell: Shell) -> None:
    listed = shell.in_words("document", "kinds").out.splitlines()
    assert "mediation_agreement\t人民调解协议书" in listed


@pytest.mark.parametrize(
    ("more", "code", "where"),
    [
        (["--format", ","], "document.format", "--format"),
        (["--format", "pdf,odt"], "document.format", "odt"),
        (["--format", "PDF"], "document.format", "PDF"),
    ],
)
def test_a_format_that_there_is_not_is_wrong_use(
    shell: Shell, number: str, more: list[str], code: str, where: str
) -> None:
    done = shell(*make(shell, number, *more))
    assert (done.code, done.error["code"], done.error["where"]) == (2, code, where)
    assert not (shell.folder / "出 口").exists()


@pytest.mark.parametrize(("char", "shown"), [("\U0010fffd", "U+10FFFD"), ("\ue000", "U+E000")])
def test_a_name_with_a_character_of_no_face_is_refused_and_the_character_named(
    shell: Shell, char: str, shown: str
) -> None:
    parties = [{"ref": "a", "side": "applicant", "kind": "person", "name": f"张{char}三"}]
    done = shell(*make(shell, shell.number_of(a_document(parties=parties))))
    assert (done.code, done.error["code"], done.error["where"]) == (4, "document.character", shown)
    assert shown in done.error["message"]
    assert not (shell.folder / "出 口").exists()


def test_a_folder_that_holds_the_same_names_is_written_over_by_drafts_alone(shell: Shell, number: str) -> None:
    first = shell(*make(shell, number, "--draft")).document["documents"][0]["files"]
    again = shell(*make(shell, number, "--draft")).document["documents"][0]["files"]
    assert [row["path"] for row in first] == [row["path"] for row in again]
    issued = [shell(*make(shell, number)).document["documents"][0]["number"] for _ in range(2)]
    assert issued == [f"{number}-申1", f"{number}-申2"]


@pytest.mark.parametrize("out", ["file", "file/below", "长" * 300])
def test_a_place_that_cannot_be_written_takes_no_number(shell: Shell, number: str, out: str) -> None:
    (shell.folder / "file").write_bytes(b"old")
    done = shell("document", "make", number, "application", "--out", str(shell.folder / out))
    assert (done.code, done.error["code"]) == (6, "file.write")
    assert (shell.folder / "file").read_bytes() == b"old"
    assert shell(*make(shell, number)).document["documents"][0]["number"] == f"{number}-申1"


def test_all_findings_of_a_refusal_are_told_in_words(shell: Shell) -> None:
    clauses = [{"text": "张三于2026年4月1日前归还李四3,000.00元（大写：肆仟元整）。"}]
    wrong = a_document(hearings=[a_hearing()], agreement=an_agreement(clauses=clauses), accepted_on="2026-03-01")
    number = shell.number_of(wrong)
    done = shell.in_words("document", "make", number, "mediation_agreement", "--out", str(shell.folder / "o"))
    assert (done.code, done.out) == (1, "")
    lines = done.err.splitlines()
    blocking = [line for line in lines if line.startswith("【必须改正】")]
    assert blocking
    assert all(line.endswith("）。") for line in blocking)
    assert lines[-2].startswith("还有必须改正的问题（V")
