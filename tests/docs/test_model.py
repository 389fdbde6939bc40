"""The document model: what a paper says before it is set in type."""

from __future__ import annotations

import pytest

from mediator.docs.model import Place, Run, Signatures, labelled, paragraphs, text


@pytest.mark.parametrize(
    ("place", "words"),
    [(Place("申请人", "吴某斌", "签名、盖章或者按指印"), "申请人吴某斌（签名、盖章或者按指印）："),
     (Place("记录人"), "记录人（签名）：")],
)  # fmt: skip
def test_a_place_to_sign_says_who_in_what_part_and_how(place: Place, words: str) -> None:
    assert place.words == words


def test_a_seal_has_its_place_only_where_there_is_one_to_put() -> None:
    assert Signatures((), seal="某镇人民调解委员会").seal_words == "某镇人民调解委员会（盖章）"
    assert Signatures(()).seal_words == ""


def test_a_day_is_printed_or_left_to_the_pen() -> None:
    assert Signatures((), day="2026年3月5日").day_runs == (Run("2026年3月5日"),)
    gaps = Signatures(()).day_runs
    assert "".join(run.text for run in gaps) == "年月日"
    assert [run.blank for run in gaps] == [3, 0, 2, 0, 2, 0]


def test_a_missing_value_is_a_ruled_gap_never_nothing() -> None:
    assert labelled("时间", "").runs == (Run("时间：", strong=True), Run(blank=16))
    assert labelled("时间", "上午").runs == (Run("时间：", strong=True), Run("上午"))


def test_empty_parts_and_empty_lines_leave_nothing_behind() -> None:
    assert text("甲", "", Run("乙", strong=True)).runs == (Run("甲"), Run("乙", strong=True))
    assert [each.runs[0].text for each in paragraphs("甲\n\n 　\n乙")] == ["甲", "乙"]
    assert paragraphs("") == ()
