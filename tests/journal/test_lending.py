"""A case lent to another room and taken back: who may read what, who has it, and what came after."""

from __future__ import annotations

import pytest

from mediator.journal.custody import Custody, Reader, readable
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.fold import fold_all, state_bytes
from mediator.journal.lending import after_hand_over, lendings_of
from tests.journal.list_journal import ListJournal, Writer

CASE = StreamId("c" * 32)
HOME, AWAY = "331122101", "331122102"
OWNER, BORROWER = Reader(HOME), Reader(AWAY, "缙东")
GRANT: dict[str, object] = {"room": "缙东", "township": AWAY, "name": "东渡镇", "owner": HOME, "reason": "三调联动"}


def written(*, late: bool = True) -> tuple[list[Entry], Writer, Writer, Writer]:
    """The owner opens, the county lends, the borrower writes; it is taken back, and the borrower has not heard."""
    owner, borrower, county = (Writer(name) for name in ("owner", "borrower", "county"))
    opened = owner.write(CASE, "case.opened", {"fields": {"title": "相邻通行", "kind": "people_mediation"}})
    county.journal.absorb([opened])
    granted = county.write(CASE, "case.granted", GRANT)
    borrower.journal.absorb([opened, granted])
    first = borrower.write(CASE, "case.set", {"fields": {"facts": "已约谈"}})
    county.journal.absorb([first])
    back = county.write(CASE, "case.released", {"room": "缙东", "desks": [borrower.desk]})
    owner.journal.absorb([granted, first, back])
    told = [opened, granted, first, back]
    if late:
        told.append(borrower.write(CASE, "case.set", {"fields": {"facts": "又谈了一次"}}))
        told.append(owner.write(CASE, "case.set", {"fields": {"requests": "修路"}}))
    return told, owner, borrower, county


def test_a_room_has_the_case_from_the_grant_to_the_release() -> None:
    told, *_ = written(late=False)
    states = [lendings_of(fold_all(told[:count])) for count in (1, 2, 3, 4)]
    assert [[(each.room, each.open) for each in state] for state in states] == [
        [], [("缙东", True)], [("缙东", True)], [("缙东", False)]
    ]  # fmt: skip
    assert (states[1][0].name, states[1][0].reason, states[1][0].township) == ("东渡镇", "三调联动", AWAY)


def test_what_the_former_room_writes_without_having_heard_counts_and_is_told_apart() -> None:
    told, _owner, borrower, county = written()
    state = fold_all(told)
    assert after_hand_over(state, told) == {told[4].id}, "not what it wrote before, not what the owner writes"
    assert [write.value for write in state.items["case"].fields["facts"]] == ["又谈了一次"], "it is no lost word"
    county.journal.absorb(told)
    again = county.write(CASE, "case.granted", GRANT)
    assert after_hand_over(fold_all([*told, again]), told) == frozenset(), "lent again, it is work like any other"
    more = borrower.write(CASE, "case.set", {"fields": {"facts": "第三次"}})
    taken = county.write(CASE, "case.released", {"room": "缙东", "desks": [borrower.desk]})
    assert after_hand_over(fold_all([*told, again, more, taken]), [*told, more]) == {more.id}


def test_the_state_is_the_same_in_any_order() -> None:
    told, *_ = written()
    assert len({state_bytes(fold_all(order)) for order in (told, told[::-1], told[2:] + told[:2])}) == 1


def test_a_release_of_what_was_never_lent_is_nothing() -> None:
    told, _owner, borrower, county = written(late=False)
    other = county.write(CASE, "case.released", {"room": "缙西", "desks": [borrower.desk]})
    assert set(fold_all([*told, other]).lent) == {"缙东"}


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("case.granted", {**GRANT, "room": 3}, "entry.body.room"),
        ("case.granted", {name: GRANT[name] for name in ("room", "township", "name")}, "entry.body.owner"),
        ("case.released", {"room": "缙东", "desks": ["缙东"]}, "entry.body.desks"),
    ],
)
def test_a_word_that_names_no_room_is_set_aside(kind: str, body: dict[str, object], code: str) -> None:
    told, _owner, _borrower, county = written(late=False)
    bad = county.write(CASE, kind, body)
    assert fold_all([*told, bad]).set_aside == ((county.desk, bad.n, code),)


@pytest.mark.threat("T57")
def test_each_reader_gets_what_is_its_own_and_no_word_more() -> None:
    told, owner, borrower, county = written()
    back = told[3]
    lent = Custody(HOME, {BORROWER: None})
    until = {**back.marks, back.desk: back.n}
    over = Custody(HOME, {BORROWER: until})
    authors = {owner.desk: Reader(HOME, "缙壶"), borrower.desk: BORROWER, county.desk: Reader()}

    def reads(reader: Reader, custody: Custody) -> list[bool]:
        return [readable(each, reader, of=custody, by=authors[each.desk]) for each in told]

    assert reads(OWNER, lent) == reads(OWNER, over) == [True] * 6
    assert reads(BORROWER, lent) == [True] * 6
    assert reads(BORROWER, over) == [True, True, True, True, True, False], "its own late word stays with it"
    assert reads(BORROWER, Custody(HOME)) == [False] * 6
    assert reads(Reader("331122103"), lent) == reads(Reader("331122103", "缙西"), lent) == [False] * 6


@pytest.mark.threat("T05")
@pytest.mark.parametrize(
    ("kind", "owner", "borrower"),
    [("note.private", False, False), ("access.case_opened", False, False), ("recording.keyed", True, False)],
)
def test_private_words_go_nowhere_and_a_rooms_words_stay_in_its_township(
    kind: str, owner: bool, borrower: bool
) -> None:
    body: dict[str, object] = {"text": "只给自己", "id": "a" * 32, "key": "b" * 64, "case": CASE}
    entry = Writer("owner").write(CASE, kind, body)
    lent, by = Custody(HOME, {BORROWER: None}), Reader(HOME, "缙壶")
    assert (readable(entry, OWNER, of=lent, by=by), readable(entry, BORROWER, of=lent, by=by)) == (owner, borrower)


def test_the_journal_of_a_borrower_waits_for_nothing() -> None:
    """Every word that it may read names only words that it may read."""
    told, owner, borrower, county = written()
    authors = {owner.desk: Reader(HOME, "缙壶"), borrower.desk: BORROWER, county.desk: Reader()}
    custody = Custody(HOME, {BORROWER: {**told[3].marks, told[3].desk: told[3].n}})
    held = ListJournal()
    held.absorb([each for each in told if readable(each, BORROWER, of=custody, by=authors[DeskId(each.head.d)])])
    assert held.log(CASE).waiting == 0
