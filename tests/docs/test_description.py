"""Kinds written down as data: every field has its place, every slot its field, and gaps are ruled."""

from __future__ import annotations

import re
from functools import partial
from string import Formatter

import pytest

from mediator.docs.catalogue import KINDS, kinds
from mediator.docs.kinds import KindInfo
from mediator.docs.paper_parts import fields_in

DESCRIBED = [kind for kind in kinds() if isinstance(kind.compose, partial)]


def partial_of(kind: KindInfo) -> partial[object]:
    """The description behind a kind."""
    assert isinstance(kind.compose, partial)
    return kind.compose


def slots(part: object) -> set[str]:
    """Names of the slots in a part's text."""
    words = getattr(part, "words", part if isinstance(part, str) else "")
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


@pytest.mark.parametrize("kind", DESCRIBED, ids=lambda kind: kind.id)
def test_every_field_is_printed_and_every_slot_is_a_field(kind: KindInfo) -> None:
    parts = partial_of(kind).keywords["look"].parts
    used = {name for part in parts for name in slots(part)}
    used |= {field.name for part in parts for field in fields_in(part)}
    used |= {"issuer"} if kind.sheet.letter else set()
    assert used == {field.name for field in kind.fields}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.id)
def test_names_of_kinds_and_fields_can_travel(kind: KindInfo) -> None:
    names = [field.name for field in kind.fields]
    assert re.fullmatch(r"[a-z][a-z_]{1,39}", kind.id)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in names)
    assert "paper" not in names, "an entry keeps the kind of paper under this name"
    assert len(set(names)) == len(names)


def test_no_two_kinds_share_a_title_or_a_word_in_their_numbers() -> None:
    assert len({kind.title for kind in kinds()}) == len(KINDS)
    assert len({kind.short for kind in kinds()}) == len(KINDS)
