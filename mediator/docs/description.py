"""Kinds of paper written down as data: a row of parts, each with its fields, and one reading of them for all.

    KIND = described("hearing_notice", "调解通知书", Group.HEARING, "通", parts=(
        Flush("{receiver}："), Words("定于{held_at}在{place}调解。"), Signing(seal=True)), fields=(…))

A slot `{name}` in a text is a field; `paper_parts` has the parts, `composing` makes the paper of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from mediator.docs.composing import Look, any_of, composed
from mediator.docs.fields import Field
from mediator.docs.kinds import Group, KindInfo
from mediator.docs.page import FORM, Sheet
from mediator.docs.paper_parts import ISSUER, Part, fields_in, signers_in


def described(
    kind: str, title: str, group: Group, short: str, *, parts: Sequence[Part], fields: Sequence[Field] = (),
    headed: bool = True, sheet: Sheet = FORM, foot_sign: str = "", **facts: Any,
) -> KindInfo:  # fmt: skip
    """A kind of paper from its parts. `fields` are those that only slots use; `headed` prints the committee on top,
    `foot_sign` a place to sign on each page's foot. A letter is headed and sealed by the body that sends it.

    A slot in `title` is a choice that the paper is called by.

    The further members are those of `KindInfo`: needs, basis, copies, keep, binding, formats.
    """
    every = (*((ISSUER,) if sheet.letter else ()), *fields, *chain.from_iterable(map(fields_in, parts)))
    unique = tuple({field.name: field for field in every}.values())
    signers = tuple(chain.from_iterable(map(signers_in, parts)))
    look = Look(kind, title, tuple(parts), unique, headed, sheet, foot_sign)
    return KindInfo(
        kind, called(title, unique), group, short, partial(composed, look=look), fields=unique, signers=signers,
        sheet=sheet, titles=tuple(titles_of(title, unique)), **facts,
    )  # fmt: skip


def called(title: str, fields: Sequence[Field]) -> str:
    """The title of a kind; a slot for a choice shows every answer, the others in brackets: 复查（复核）."""
    return title.format_map({each.name: any_of(each) for each in fields})


def titles_of(title: str, fields: Sequence[Field]) -> Iterator[str]:
    """The titles that a choice in the title leads to, none where there is no slot."""
    for field in fields:
        if f"{{{field.name}}}" in title:
            yield from (title.format_map({field.name: each}) for each in field.choices)
