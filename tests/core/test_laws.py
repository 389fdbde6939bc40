"""The law library: numbers, days and the mark of an unchecked number."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.core.laws import in_words, library


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
    [(3, "三"), (33, "三十三"), (100, "一百"), (205, "二百零五"), (212, "二百一十二"), (249, "二百四十九")],
)
def test_numbers_of_articles_are_written_as_laws_write_them(no: int, words: str) -> None:
    assert in_words(no) == words


def test_each_article_is_told_in_one_short_statement() -> None:
    assert all(10 <= len(each.says) <= 60 and each.says.endswith("。") for each in library().values())
