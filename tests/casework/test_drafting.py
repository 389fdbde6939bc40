"""Plain values for entries: what goes in as a record comes out as canonical JSON can hold it, no portion too large."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.casework.desk import Desk
from mediator.casework.drafting import ROOMY, filled, fits, imagined_case, in_portions, member, pen_for, plain, trace
from mediator.core.codes import CaseKind, CaseStatus
from mediator.core.records import CaseId
from mediator.errors import Unacceptable
from mediator.journal.streams import desk_stream
from tests.casework.desks import a_document, case_of, taken_in

CASE = CaseId("c" * 32)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, ""),
        ("文", "文"),
        (5, 5),
        (True, True),
        (date(2026, 3, 9), "2026-03-09"),
        (datetime(1970, 1, 1, 0, 0, 1, 999, tzinfo=UTC), 1000),
        (datetime(1970, 1, 1, 8, tzinfo=timezone(timedelta(hours=8))), 0),
        (CaseStatus.SIGNED, "signed"),
        (("甲", None), ["甲", ""]),
        ({"立案": date(2026, 3, 9)}, [["立案", "2026-03-09"]]),
    ],
)
def test_a_value_is_kept_in_one_plain_way(value: object, kept: object) -> None:
    assert plain(value) == kept


def test_empty_fields_of_something_new_are_left_out() -> None:
    fields = {"a": "", "b": (), "c": None, "d": False, "e": 0, "f": "x", "g": True}
    assert filled(fields) == {"e": 0, "f": "x", "g": True}


@given(st.dictionaries(st.text(max_size=5), st.integers(0, ROOMY // 2), max_size=8))
def test_portions_hold_every_field_once_in_order_and_none_grows_beyond_its_room(sizes: dict[str, int]) -> None:
    fields = {name: "长" * (size // 8) for name, size in sizes.items()}
    portions = list(in_portions(fields))
    assert [name for portion in portions for name in portion] == list(fields)
    assert all(
        len(portion) == 1 or sum(len(str(each)) * 4 for each in portion.values()) <= ROOMY for portion in portions
    )
    assert len(portions) >= 1


def test_a_code_list_gives_its_member_and_knows_no_other_word() -> None:
    assert member(CaseKind, "settlement") is CaseKind.SETTLEMENT
    with pytest.raises(KeyError):
        member(CaseKind, "gambling")


def test_a_draft_that_is_imagined_is_the_draft_that_is_kept(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    pen = pen_for(desk, case_id)
    draft = pen.write("case.set", fields={"title": "改过"}, left_out=None)
    assert "left_out" not in draft.body
    desk.vault.append([draft])
    assert case_of(desk, case_id).title == "改过"
    opened = pen_for(desk, CASE).set_fields("case.opened", {"title": "想象"}, then="case.set")
    assert imagined_case(CASE, opened).title == "想象"


def test_a_draft_fits_until_its_text_is_beyond_an_entry(desk: Desk) -> None:
    pen = pen_for(desk, CASE)
    assert fits(pen.write("case.set", fields={"facts": "长" * 200_000}))
    assert not fits(pen.write("case.set", fields={"facts": "长" * 400_000}))
    with pytest.raises(Unacceptable, match=r"entry\.limit"):
        imagined_case(CASE, [pen.write("case.opened", fields={"facts": "长" * 400_000})])


def test_a_trace_stands_in_the_desks_own_stream_with_its_user(desk: Desk) -> None:
    draft = trace(desk, "audit.checked", ok=True, nothing=None)
    assert (draft.stream, draft.user) == (desk_stream(desk.vault.desk), desk.vault.user.id)
    assert draft.body == {"ok": True}
