"""Joining (T52): codes guessed, used twice, raced for; requests that wait for a person; what is kept of it all."""

from __future__ import annotations

import re
from functools import partial
from random import Random

import pytest
from sqlalchemy import func, select

from mediator.errors import MediatorError, RefusedByRule
from mediator.journal.streams import desk_stream
from sync.center import enrollment
from sync.center.county import Center, Places
from sync.center.enrollment import LIFE, MAX_TRIES, decide, join, make_code, nested, requests
from sync.center.keeping import Keeper
from sync.center.numbers import CROCKFORD
from sync.center.tables import CERT, DESK, ENROLL_CODE, SEAT
from sync.session.joining import read_answer
from tests.sync.center.joining import at_once, outcome, request_of
from tests.sync.fakes import Clock, FakeSealer, a_center
from tests.sync.world import TOWNSHIP, SealedWriter

OTHER = "331122102"


def states(center: Center) -> list[str]:
    """States of all codes."""
    with center.database.reading() as scope:
        return sorted(row.state for row in scope.rows(select(ENROLL_CODE.c.state)))


def counted(center: Center) -> tuple[int, int, int]:
    """Enrolled desks, certificates, seats."""
    with center.database.reading() as scope:
        desks = scope.value(select(func.count(DESK.c.desk)).where(DESK.c.state == "enrolled"))
        return (int(desks), *(int(scope.value(select(func.count(t.c.desk)))) for t in (CERT, SEAT)))  # type: ignore[return-value]  # three of them


@pytest.mark.threat("T52")
def test_a_code_is_ten_characters_that_cannot_be_misread_and_no_two_are_alike() -> None:
    center = a_center(Random(1))
    codes = {make_code(center, TOWNSHIP).text for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{10}", each) for each in codes)
    assert len({char for each in codes for char in each}) == 32


@pytest.mark.parametrize(
    ("township", "room"), [(TOWNSHIP, "缙新建"), ("331122001", "缙五"), ("331122001201", "缙五")], ids=str
)
def test_a_code_belongs_to_a_township_and_its_room(township: str, room: str) -> None:
    code = make_code(a_center(Random(1)), township)
    assert code.township == township[:9]
    assert code.room == a_center(Random(1)).places.short(township[:9])
    assert code.room.startswith("缙"), room


@pytest.mark.parametrize(
    "township",
    ["", "331122", "33112210", "3311221010", "330000101", "331122999", "331122１０１", "33112210a", "331122101 "],
)
def test_a_code_is_made_for_a_township_of_the_county_alone(township: str) -> None:
    with pytest.raises(RefusedByRule, match=r"enroll\.township"):
        make_code(a_center(Random(1)), township)


def test_a_county_whose_townships_the_program_does_not_know_is_taken_at_its_word() -> None:
    from dataclasses import replace

    center = replace(a_center(Random(1)), places=Places({}))
    assert make_code(center, "331122999").township == "331122999"


@pytest.mark.threat("T52")
def test_wrong_used_burnt_and_unknown_codes_are_told_alike(center: Center) -> None:
    assert outcome(center, request_of("a", code="0000000000")) == "enroll.code", "unknown"
    used = make_code(center, TOWNSHIP).text
    assert outcome(center, request_of("a", code=used)) == "answered"
    assert outcome(center, request_of("b", code=used)) == "enroll.code", "used"
    burnt = make_code(center, TOWNSHIP).text
    for number in range(MAX_TRIES):
        assert outcome(center, request_of(f"x{number}", code="0000000000")) == "enroll.code", "wrong"
    assert outcome(center, request_of("c", code=burnt)) == "enroll.code", "burnt"
    assert states(center) == ["burnt", "used"]
    assert counted(center) == (1, 1, 1)


@pytest.mark.threat("T52")
def test_a_guess_counts_against_the_codes_it_may_have_meant(center: Center) -> None:
    here, there = make_code(center, TOWNSHIP).text, make_code(center, OTHER).text
    for _ in range(MAX_TRIES):
        outcome(center, request_of("x", code="0000000000", division=TOWNSHIP + "201"))
    assert states(center) == ["burnt", "open"]
    assert outcome(center, request_of("a", code=there)) == "enroll.code", "another township's code is no use here"
    assert outcome(center, request_of("a", code=there, division="331122")) == "answered", "a laptop of the county"
    assert outcome(center, request_of("b", code=here)) == "enroll.code"


@pytest.mark.threat("T52")
def test_a_code_for_one_set_of_keys_does_not_admit_another(center: Center) -> None:
    code = make_code(center, TOWNSHIP).text
    honest, thief = request_of("a", code=code), request_of("a", keys="thief")
    from dataclasses import replace

    assert outcome(center, replace(thief, proof=honest.proof)) == "enroll.code"
    assert outcome(center, honest) == "answered"
    assert outcome(center, replace(thief, proof=honest.proof)) == "enroll.taken"


@pytest.mark.full
@pytest.mark.threat("T52")
def test_ten_thousand_guesses_enroll_nobody() -> None:
    center, random = a_center(Random(1)), Random(52)
    for _ in range(3):
        make_code(center, TOWNSHIP)
    for number in range(10_000):
        guess = "".join(random.choices(CROCKFORD, k=10))
        assert outcome(center, request_of(f"x{number % 50}", code=guess)) == "enroll.code"
    assert counted(center) == (0, 0, 0)
    assert states(center) == ["burnt"] * 3


@pytest.mark.threat("T52")
def test_of_many_who_bring_one_code_at_once_exactly_one_is_admitted(center: Center) -> None:
    code = make_code(center, TOWNSHIP).text
    told = at_once([partial(outcome, center, request_of(f"racer-{n}", code=code)) for n in range(6)])
    assert sorted(told) == ["answered", *["enroll.code"] * 5]
    assert counted(center) == (1, 1, 1)


@pytest.mark.threat("T52")
def test_one_request_that_comes_many_times_at_once_gets_one_certificate(center: Center) -> None:
    wanted = request_of("again", code=make_code(center, TOWNSHIP).text)
    spare = make_code(center, TOWNSHIP)
    answers = at_once([lambda: join(center, wanted).answer for _ in range(4)])
    sealer = FakeSealer("again")
    members = {read_answer(each, center.card, sealer, desk=SealedWriter("again").desk) for each in answers}
    assert len(members) == 1
    assert counted(center) == (1, 1, 1)
    assert outcome(center, request_of("other", code=spare.text)) == "answered", "and nobody else's code is worn"


@pytest.mark.threat("T52")
def test_two_who_join_at_once_get_seats_of_their_own(center: Center) -> None:
    wanted = [request_of(f"seat-{n}", code=make_code(center, TOWNSHIP).text) for n in range(5)]
    assert at_once([partial(outcome, center, each) for each in wanted]) == ["answered"] * 5
    with center.database.reading() as scope:
        assert sorted(row.seat for row in scope.rows(select(DESK.c.seat).where(DESK.c.state == "enrolled"))) == [
            "00", "01", "02", "03", "04",
        ]  # fmt: skip


@pytest.mark.threat("T52")
def test_an_expired_code_says_so_to_who_knows_it_alone(center: Center) -> None:
    code = make_code(center, TOWNSHIP).text
    assert isinstance(center.now, Clock)
    center.now.ms += LIFE + 1
    assert outcome(center, request_of("a", code=code)) == "enroll.expired"
    assert outcome(center, request_of("a", code="0000000000")) == "enroll.code"


@pytest.mark.threat("T52")
def test_a_code_with_a_call_waits_for_a_person_and_lets_nobody_else_in(center: Center) -> None:
    code = make_code(center, TOWNSHIP, confirm=True).text
    mine = request_of("mine", code=code)
    assert [outcome(center, mine) for _ in range(2)] == ["enroll.waiting"] * 2, "asked again with the spent code"
    assert outcome(center, request_of("thief", code=code)) == "enroll.code"
    assert counted(center) == (0, 0, 0)
    decide(center, mine.comparison, who="沈")
    assert outcome(center, mine) == "answered"
    assert counted(center) == (1, 1, 1)


def test_a_request_of_other_keys_does_not_ride_on_a_persons_word(center: Center) -> None:
    first = request_of("a")
    join(center, first)
    decide(center, first.comparison)
    assert outcome(center, request_of("a", keys="thief")) == "enroll.waiting"
    assert counted(center) == (0, 0, 0)


def test_a_person_may_set_the_township_and_must_when_the_laptop_named_none(center: Center) -> None:
    asked = request_of("county-laptop", division="331122")
    join(center, asked)
    for township in ("", "330000101", "331122999"):
        with pytest.raises(RefusedByRule, match=r"enroll\.township"):
            decide(center, asked.comparison, township=township)
    decide(center, asked.comparison, township=OTHER)
    assert outcome(center, asked) == "answered"
    with center.database.reading() as scope:
        row = scope.one(select(DESK).where(DESK.c.desk == asked.desk))
    assert row is not None
    assert (row.township, row.room, row.compared) == (OTHER, center.places.short(OTHER), 1)


def test_two_requests_that_show_the_same_digits_are_both_refused(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(request_of("a")), "comparison", property(lambda _self: "123456"))
    for name in ("honest", "thief"):
        join(center, request_of(name))
    with pytest.raises(RefusedByRule, match=r"enroll\.no_request") as caught:
        decide(center, "123456")
    assert caught.value.facts["count"] == 2
    assert counted(center) == (0, 0, 0)


@pytest.mark.threat("T61")
def test_a_full_queue_turns_away_who_is_new_and_keeps_who_waits(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrollment, "MAX_WAITING", 2)
    assert [outcome(center, request_of(name)) for name in "aab"] == ["enroll.waiting"] * 3
    assert outcome(center, request_of("c")) == "enroll.queue"
    assert outcome(center, request_of("a")) == "enroll.waiting"
    assert [row.label for row in requests(center)] == ["壶镇镇人民调解委员会 b", "壶镇镇人民调解委员会 a"]


def test_who_gave_a_code_and_who_decided_is_kept(center: Center) -> None:
    make_code(center, TOWNSHIP, who="沈")
    asked = request_of("a")
    join(center, asked)
    decide(center, asked.comparison, good=False)
    told = sorted(Keeper(center).stream(desk_stream(center.desk)), key=lambda entry: entry.n)
    noted = [(entry.kind, entry.content()) for entry in told]
    assert noted == [
        ("audit.code_made", {"login": "沈", "township": TOWNSHIP}),
        ("audit.request_decided", {"login": "mediator-center", "desk": asked.desk, "outcome": "denied"}),
    ]


@pytest.mark.parametrize(
    ("township", "division", "wanted"),
    [
        (TOWNSHIP, TOWNSHIP, True), (TOWNSHIP, TOWNSHIP + "201", True), (TOWNSHIP, "331122", True),
        (TOWNSHIP, OTHER, False), (TOWNSHIP, "", False), (TOWNSHIP, "33", False), (TOWNSHIP, "331123", False),
    ],
)  # fmt: skip
def test_a_village_lies_in_its_township_and_a_township_in_its_county(
    township: str, division: str, wanted: bool
) -> None:
    assert nested(township, division) is wanted


def test_a_refusal_leaves_no_desk_behind(center: Center) -> None:
    with pytest.raises(MediatorError):
        join(center, request_of("a", code="0000000000"))
    with center.database.reading() as scope:
        assert [row.desk for row in scope.rows(select(DESK.c.desk))] == [center.desk]


@pytest.mark.threat("T61")
def test_strangers_who_fill_the_queue_are_gone_after_a_week_and_a_code_finds_a_place_at_once(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(center.now, Clock)
    monkeypatch.setattr(enrollment, "MAX_WAITING", 2)
    assert [outcome(center, request_of(name)) for name in "abc"] == ["enroll.waiting"] * 2 + ["enroll.queue"]
    code = make_code(center, TOWNSHIP, confirm=True)
    assert outcome(center, request_of("known", code=code.text)) == "enroll.waiting"
    center.now.ms += enrollment.WAITING_LIFE
    assert requests(center) == []
    with pytest.raises(RefusedByRule, match=r"enroll\.no_request"):
        decide(center, request_of("a").comparison)
    assert outcome(center, request_of("c")) == "enroll.waiting"
    assert [row.digits for row in requests(center)] == [request_of("c").comparison]
