"""argparse speaks Chinese: every complaint it can have, and help in straight columns."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.commands import tree
from mediator.commands.wording import UsageProblem, in_chinese, straight, width

WORDS = [
    *sorted({word for leaf in tree.LEAVES for word in leaf.words.split()}),
    "--json", "--vault", "--limit", "--full", "--out", "--status", "--json=1", "--limit=x", "--draft=no", "--help=1",
    "x", "-x", "--", "", "0", "'", "12", "甲",
]  # fmt: skip
ENGLISH = re.compile(r"argument|invalid|required|expected|choose|unrecognized|ignored|ambiguous")


@given(st.lists(st.sampled_from(WORDS), max_size=7))
def test_whatever_is_typed_is_parsed_or_refused_in_chinese(argv: list[str]) -> None:
    assert not ENGLISH.search(complaint_about(argv))


def complaint_about(argv: list[str]) -> str:
    """What is wrong with a command line, empty when nothing is."""
    try:
        options = tree.parse(argv, "0")
    except UsageProblem as problem:
        return f"{problem.code}: {problem.where}"
    return "" if options.deed is None or ":" in options.deed else "no deed required"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("argument --limit: expected one argument", "--limit 后面要跟一个值"),
        ("argument 命令: invalid choice: 'x' (choose from 'a', 'b')", "没有“x”，可用的是 a、b"),
        ("argument 命令: invalid choice: \"it's\" (choose from 'a')", "没有“it's”，可用的是 “a”"),
        ("argument --limit: invalid at_least_one value: ''", "--limit 的值“”不对"),
        ("the following arguments are required: 案件, 种类", "缺少 案件、种类"),
        ("a sentence of a newer argparse", "a sentence of a newer argparse"),
    ],
)
def test_a_complaint_of_argparse_becomes_a_chinese_one(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


def test_a_chinese_character_takes_two_columns() -> None:
    assert width("ab，案件") == 8
    assert straight("  --a 文件  甲\n  -b  乙\n只有一列") == "  --a 文件  甲\n  -b        乙\n只有一列"
    assert straight("") == ""


@pytest.mark.parametrize("words", ["", *tree.GROUPS, *(leaf.words for leaf in tree.LEAVES)])
def test_help_explains_every_word_in_one_column_and_in_chinese(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        tree.parse([*words.split(), "--help"], "0")
    text = capsys.readouterr().out
    rows = [found for found in map(re.compile(r"( {2,4}\S.*?) {2,}(\S.*)").fullmatch, text.split("\n")) if found]
    assert len({sum(2 if east_asian_width(char) in "WF" else 1 for char in line[: found.start(2)])
                for found in rows for line in [found[0]]}) == 1  # fmt: skip
    body = text.partition("\n例：")[0].partition("\n\n")[2]
    names = re.findall(r"(?m)^ {2,4}(\S+)", body)
    assert names
    explained = {found[1].split()[0].rstrip(",") for found in rows}
    unexplained = [
        name
        for name in names
        if name.rstrip(",") not in explained and not name.startswith(("--new-password", "--second-password"))
    ]
    assert not unexplained
    assert not re.search(r"usage|optional|positional|show this", text)
