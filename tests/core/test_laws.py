"""The law library: numbers, days and the mark of an unchecked number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from mediator.core.laws import cited_keys, grounds_of, in_words, library
from mediator.core.tables import shipped


@pytest.mark.parametrize(
    ("key", "cited", "since"),
    [
        ("RTF.33", "《中华人民共和国人民调解法》第三十三条", date(2011, 1, 1)),
        ("MSF.205", "《中华人民共和国民事诉讼法》第二百零五条", date(2024, 1, 1)),
        ("XFT.34", "《信访工作条例》第三十四条（条号待核）", date(2022, 5, 1)),
        ("MSF.249", "《中华人民共和国民事诉讼法》第二百四十九条（条号待核）", date(2024, 1, 1)),
    ],
)
def test_an_article_is_cited_with_its_number_and_what_is_unsure_of_it(key: str, cited: str, since: date) -> None:
    assert (library()[key].cited, library()[key].valid_from) == (cited, since)


@pytest.mark.parametrize(
    ("no", "words"),
    [
        (3, "三"), (12, "十二"), (33, "三十三"), (100, "一百"), (205, "二百零五"), (212, "二百一十二"),
        (310, "三百一十"), (249, "二百四十九"), (1000, "一千"), (1006, "一千零六"), (1015, "一千零一十五"),
        (1067, "一千零六十七"), (1100, "一千一百"), (1127, "一千一百二十七"), (1180, "一千一百八十"),
    ],
)  # fmt: skip
def test_numbers_of_articles_are_written_as_laws_write_them(no: int, words: str) -> None:
    assert in_words(no) == words


def test_each_article_is_told_in_one_short_statement() -> None:
    assert all(10 <= len(each.says) <= 60 and each.says.endswith("。") for each in library().values())
    assert all(each.says.count("。") == 1 for each in library().values())


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("人民调解法第三条、第十五条", ["RTF.3", "RTF.15"]),
        ("人民调解法第二十八条；人民调解工作若干规定第三十四条", ["RTF.28", "RTG.34"]),
        ("民法典第十九条至第二十三条", ["MFD.19", "MFD.20", "MFD.21", "MFD.22", "MFD.23"]),
        ("《人民调解工作若干规定》第三十六条、第三十七条（条号待核对）", ["RTG.36", "RTG.37"]),
        ("《中华人民共和国人民调解法》第三十三条、《中华人民共和国民事诉讼法》第二百零五条", ["RTF.33", "MSF.205"]),
        ("法释〔2011〕5号第七条", ["SQR.7"]),
        ("本县督促办理规则", ["本县督促办理规则"]),
        ("某县另有规定第九条", []),
        ("民法典第九千条", []),
        ("", []),
    ],
)
def test_a_source_leads_to_what_it_rests_on(source: str, keys: list[str]) -> None:
    assert [each.key for each in grounds_of(source)] == keys


def sources_in(content: object) -> Iterator[str]:
    """Every `source` of a table, however deep."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name == "source" and isinstance(value, str):
                yield value
            yield from sources_in(value)
    elif isinstance(content, list):
        for each in content:
            yield from sources_in(each)


@pytest.mark.parametrize("table", ["deadlines.json", "lint.json", "petitions.json"])
def test_every_source_of_every_table_stands_in_the_library(table: str) -> None:
    sources = {each for each in sources_in(shipped(table)) if each not in library()}
    assert {key for each in sources for key in cited_keys(each)} <= set(library())
    assert all(map(grounds_of, sources))
