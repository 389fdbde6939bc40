"""Readings of characters and names."""

from __future__ import annotations

import pytest

from mediator.core.readings import name_reading, readings_of, sound_of


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单雄信", "shan xiong xin"),
        ("仇英", "qiu ying"),
        ("解缙", "xie jin"),
        ("区大伦", "ou da lun"),
        ("朴信惠", "piao xin hui"),
        ("尉迟恭", "yuchi gong"),
        ("万俟卨", "moqi xie"),
        ("吕布", "lv bu"),
        ("王建国", "wang jian guo"),
        ("曾国藩", "zeng guo fan"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, reading: str) -> None:
    assert " ".join(name_reading(name)) == reading


def test_a_character_has_all_its_readings_the_usual_one_first() -> None:
    assert readings_of("重") == ("zhong", "chong", "tong")
    assert readings_of("A") == ("A",)


@pytest.mark.parametrize(
    ("one", "other"), [("陈林", "陈灵"), ("张珍", "章真"), ("李建", "李健"), ("林莲", "宁年"), ("石琴", "司勤")]
)
def test_what_ears_confuse_sounds_the_same(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


def test_what_sounds_different_stays_different() -> None:
    assert len({sound_of(name) for name in ("王芳", "王红", "汪洋", "黄芳")}) == 4
