"""The look: one style sheet from the tokens, worn once, the same in every size and theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from mediator.ui import tokens
from mediator.ui.theme import FAMILY, dress, palette, style_sheet
from mediator.ui.tokens import SIZES, THEMES, Look
from tests.ui.scenes import an_application

LOOKS = [Look(theme, size) for theme in THEMES for size in SIZES]


@pytest.fixture
def bare() -> Iterator[None]:
    """The application takes its usual look again afterwards."""
    dress(an_application(), Look())
    yield
    dress(an_application(), Look())


@pytest.mark.parametrize("look", LOOKS)
def test_every_place_in_the_sheet_is_filled_and_every_colour_is_one_of_the_tokens(look: Look) -> None:
    sheet = style_sheet(look)
    assert "$" not in sheet
    assert "None" not in sheet
    known = {each.upper() for each in tokens.table()["colour"][look.theme].values()}
    used = {each.upper() for each in re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)}
    assert used <= known


def test_no_file_but_the_tokens_names_a_colour() -> None:
    written = re.compile(r"#[0-9A-Fa-f]{6}\b|\brgba?\(")
    room = resources.files("mediator.ui")
    named = [
        each.name
        for folder in (room, room.joinpath("pages"), room.joinpath("pieces"))
        for each in folder.iterdir()
        if each.name.endswith(".py") and written.search(each.read_text(encoding="utf-8"))
    ]
    assert named == []


def test_larger_text_makes_every_size_larger_and_none_smaller() -> None:
    sizes = [tokens.table()["type"][size] for size in SIZES]
    for smaller, larger in pairwise(sizes):
        assert all(larger[name] >= pixels for name, pixels in smaller.items() if isinstance(pixels, int))
        assert larger["body_px"] > smaller["body_px"]


def test_an_unknown_theme_or_size_is_light_and_standard() -> None:
    odd = Look("pink", "tiny")
    assert odd.colour("accent") == Look().colour("accent")
    assert odd.px("body") == Look().px("body")


@pytest.mark.parametrize("theme", THEMES)
def test_what_the_sheet_does_not_reach_has_the_same_colours(theme: str) -> None:
    colours, look = palette(Look(theme)), Look(theme)
    for role, name in (
        (QPalette.ColorRole.Window, "window"), (QPalette.ColorRole.Text, "text"),
        (QPalette.ColorRole.PlaceholderText, "text_3"), (QPalette.ColorRole.Highlight, "accent"),
    ):  # fmt: skip
        assert colours.color(role).name().upper() == look.colour(name).upper()


def test_a_look_is_put_on_once_and_another_one_at_once(bare: None) -> None:
    running = an_application()
    first = running.styleSheet()
    running.setStyleSheet("QLabel { color: red; }")
    dress(running, Look())
    assert running.styleSheet() == "QLabel { color: red; }", "the look it wears is put on again"
    dress(running, Look("dark"))
    assert running.styleSheet() not in ("", first)
    assert running.font().family() == FAMILY
    assert running.palette().color(QPalette.ColorRole.Window).name().upper() == Look("dark").colour("window").upper()


@pytest.mark.parametrize("size", SIZES)
def test_the_text_of_a_label_is_as_large_as_the_size_says(bare: None, size: str) -> None:
    dress(an_application(), Look(size=size))
    widget = QWidget()
    widget.ensurePolished()
    assert widget.font().pixelSize() == Look(size=size).px("body")
