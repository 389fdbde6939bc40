"""Variant characters made one for finding and comparing."""

from __future__ import annotations

import pytest

from mediator.core.variants import plain_shape, table


@pytest.mark.parametrize(
    ("given", "usual"),
    [
        ("張國榮", "张国荣"),
        ("陳寶蓮", "陈宝莲"),
        ("峯", "峰"),
        ("李喆", "李哲"),
        ("王堃", "王坤"),
        ("邨", "村"),
        ("Ａ１", "A1"),
        ("\uf9e4", "理"),
        ("王芳", "王芳"),
    ],
)
def test_other_forms_become_the_usual_one(given: str, usual: str) -> None:
    assert plain_shape(given) == usual


def test_no_form_leads_to_a_form_that_is_changed_again() -> None:
    assert all(plain_shape(usual) == usual for usual in table().values())
