"""`mediator report`: what kinds there are, files of a span, wrong words in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework.reports import KINDS
from tests.commands.shell import Shell


def test_without_a_kind_the_kinds_are_listed_and_no_vault_is_opened(bare_shell: Shell) -> None:
    rows = bare_shell.bare("report", "--json").document["kinds"]
    assert [row["id"] for row in rows] == [each.id for each in KINDS]
    assert all(row["title"] for row in rows)


def test_files_of_a_span_lie_where_they_were_asked_for(shell: Shell, tmp_path: Path) -> None:
    done = shell(
        "report", "quarter", "--from", "2026-01-01", "--format", "xlsx,pdf", "--out", str(tmp_path / "报表"), "--json"
    )  # fmt: skip
    assert done.code == 0, done.err
    told = done.document
    assert (told["from"], told["to"], told["title"]) == ("2026-01-01", "2026-03-31", "调解工作季报")
    names = [Path(each["path"]).name for each in told["files"]]
    assert names == ["调解工作季报 2026年第一季度.xlsx", "调解工作季报 2026年第一季度.pdf"]
    assert all(Path(each["path"]).stat().st_size > 1000 for each in told["files"])
    assert told["files"][1]["pages"] > 1


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["nichts", "--out", "x"], "没有“nichts”"), (["month", "--from", "gestern", "--out", "x"], "不是日期"),
        (["month", "--format", "exe", "--out", "x"], "格式只有"), (["month"], "--out"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_told_and_opens_nothing(bare_shell: Shell, argv: list[str], words: str) -> None:
    done = bare_shell.bare("report", *argv, "--json")
    assert (done.code, done.error["code"]) == (2, "usage")
    assert words in done.error["message"]
