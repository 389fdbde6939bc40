"""The county's templates: two persons there, one here; nothing goes down before, whatever is taken back stays told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import update

from mediator.casework import opening, templates
from mediator.casework.desk import Desk as Room
from mediator.errors import MediatorError
from mediator.journal.streams import TEMPLATES, desk_stream
from sync.center import paper_templates, stick
from sync.center.chain import say
from sync.center.county import Center
from sync.center.feeds import COUNTY_FEED
from sync.center.folding import fold_dirty
from sync.center.keeping import Keeper
from sync.center.paper_templates import Typed, every, issue, one, propose, recall
from sync.center.reading import case_count
from sync.center.restoring import begin_anew
from sync.center.tables import ENTRY
from tests.casework.desks import a_desk
from tests.sync.center.layouts import KIND, REAL, TYPED, TakesAll, handed_in
from tests.sync.center.test_exchange import by_network
from tests.sync.center.test_stick import at_the_stick
from tests.sync.world import NEIGHBOR, Desk, a_laptop

MIB = 1 << 20


def code_of(deed: Callable[[], object]) -> str:
    """Why it is refused."""
    with pytest.raises(MediatorError) as caught:
        deed()
    return caught.value.code


def at_room(room: Room, laptop: Desk) -> list[templates.KeptTemplate]:
    """What the room holds once everything that came to the laptop lies in its vault."""
    room.vault.absorb(laptop.journal.stream(TEMPLATES))
    return list(templates.kept(room))


def said(center: Center, kind: str, body: dict[str, object]) -> None:
    """What a county that was taken over might say to every room."""
    center.database.write(lambda scope: say(center, scope, TEMPLATES, kind, body, feeds=[COUNTY_FEED]))


def test_nothing_goes_down_before_a_second_person_released_it(center: Center) -> None:
    laptop = a_laptop(Random(1), center, "desk-a")
    template = handed_in(center, b"DOCX")
    by_network(center, laptop)
    assert laptop.journal.stream(TEMPLATES) == []
    assert code_of(lambda: issue(center, TakesAll(), template, who="shen")) == "template.second_person"
    issue(center, TakesAll(), template, who="liu")
    by_network(center, laptop)
    assert [each.kind for each in laptop.journal.stream(TEMPLATES)] == ["template.proposed", "template.issued"]
    assert code_of(lambda: issue(center, TakesAll(), template, who="wang")) == "template.decided"
    [line] = every(center)
    assert (line.proposed.who, line.issued and line.issued.who, line.file) == ("shen", "liu", b"DOCX")


def test_a_room_sees_it_as_the_countys_and_one_of_its_people_approves_it(center: Center, tmp_path: Path) -> None:
    laptop, room = a_laptop(Random(1), center, "desk-a"), a_desk(tmp_path / "room")
    looked = propose(center, REAL.layouts or TakesAll(), TYPED, templates.shipped_file(KIND), who="li")
    assert looked.will_do
    issue(center, REAL.layouts or TakesAll(), every(center)[0].id, who="liu")
    by_network(center, laptop)
    [kept] = at_room(room, laptop)
    assert (kept.sent_by, kept.proposed_by, kept.state, kept.version) == ("liu", "li", "proposed", "2026-1")
    assert templates.in_force(room, KIND) is None, "no county makes a template count in a room (T75)"
    assert room.vault.user.login == "li", "the county's account of the same name is somebody else"
    templates.approve(room, kept.id)
    chosen = templates.in_force(room, KIND)
    assert chosen
    assert chosen.file == one(center, kept.id).file
    recall(center, kept.id, "落款有误", who="liu")
    by_network(center, laptop)
    assert [each.withdrawn for each in at_room(room, laptop)] == ["落款有误"]
    assert templates.in_force(room, KIND) is None
    opening.lock(room)


@pytest.mark.threat("T75")
def test_no_county_makes_a_rooms_own_template_its_own_or_takes_it_away(center: Center, tmp_path: Path) -> None:
    room = a_desk(tmp_path / "room")
    file = tmp_path / "收条.docx"
    templates.write_shipped(KIND, file)
    own, _ = templates.propose(room, file, kind=KIND, version="1")
    laptop = a_laptop(Random(1), center, "desk-a")
    said(center, "template.issued", {"id": own, "login": "shen", "sha256": templates.known(room, own).sha256})
    said(center, "template.recalled", {"id": own, "login": "shen", "reason": "不许用"})
    by_network(center, laptop)
    assert len(laptop.journal.stream(TEMPLATES)) == 2
    [kept] = at_room(room, laptop)
    assert (kept.sent_by, kept.state) == ("", "proposed")
    assert code_of(lambda: templates.approve(room, own)) == "template.second_person"
    opening.lock(room)


def test_the_largest_template_goes_by_stick_and_by_network(center: Center, tmp_path: Path) -> None:
    laptop = a_laptop(Random(1), center, "desk-a")
    data = Random(7).randbytes(4 * MIB)
    issue(center, TakesAll(), handed_in(center, data), who="liu")
    by_network(center, laptop)
    assert [len(each.body or b"") > 5 * MIB for each in laptop.journal.stream(TEMPLATES)] == [True, False]
    other = a_laptop(Random(2), center, "desk-b", township=NEIGHBOR)
    at_the_stick(center, other, tmp_path)
    stick.handle(center, tmp_path)
    at_the_stick(center, other, tmp_path)
    assert len(other.journal.stream(TEMPLATES)) == 2


def test_what_was_never_released_is_taken_back_without_a_word_to_anybody(center: Center) -> None:
    laptop, template = a_laptop(Random(1), center, "desk-a"), handed_in(center, b"DOCX")
    assert code_of(lambda: recall(center, template, " ", who="shen")) == "template.reason"
    recall(center, template, "交错了", who="shen")
    assert code_of(lambda: recall(center, template, "再撤", who="liu")) == "template.decided"
    assert code_of(lambda: issue(center, TakesAll(), template, who="liu")) == "template.decided"
    by_network(center, laptop)
    assert laptop.journal.stream(TEMPLATES) == []


@pytest.mark.parametrize(
    ("typed", "data", "code"),
    [
        (Typed("ledger", "1", "2026-03-01"), b"", "template.kind"),
        (Typed(KIND, " ", "2026-03-01"), b"", "publish.version"),
        (Typed(KIND, "版" * 41, "2026-03-01"), b"", "publish.version"), (Typed(KIND, "1", "明天"), b"", "publish.day"),
        (TYPED, b"x" * (paper_templates.MAX_TEMPLATE + 1), "template.size"),
    ],
)  # fmt: skip
def test_what_was_typed_wrong_is_refused_and_nothing_is_kept(
    center: Center, typed: Typed, data: bytes, code: str
) -> None:
    assert code_of(lambda: propose(center, TakesAll(), typed, data, who="shen")) == code
    assert every(center) == ()


@pytest.mark.threat("T59")
def test_a_file_that_will_not_do_is_not_kept_and_one_that_no_longer_does_is_not_released(center: Center) -> None:
    strict = TakesAll(frozenset({b"BAD"}))
    assert not propose(center, strict, TYPED, b"BAD", who="shen").will_do
    assert every(center) == ()
    template = handed_in(center, b"BAD")
    assert code_of(lambda: issue(center, strict, template, who="liu")) == "template.findings"


@pytest.mark.threat("T64")
def test_a_row_that_somebody_changed_is_no_template_and_goes_nowhere(center: Center) -> None:
    template = handed_in(center, b"DOCX")
    spoil = update(ENTRY).where(ENTRY.c.kind == "template.proposed").values(sealed=b"\0" * 40)
    center.database.write(lambda scope: scope.change(spoil))
    assert every(center) == ()
    assert code_of(lambda: issue(center, TakesAll(), template, who="liu")) == "template.unknown"


def test_every_word_stands_in_the_log(center: Center) -> None:
    template = handed_in(center, b"DOCX")
    issue(center, TakesAll(), template, who="liu")
    recall(center, template, "落款有误", who="wang")
    told = [each for each in Keeper(center).stream(desk_stream(center.desk)) if each.kind.startswith("audit.template")]
    assert [(each.kind.rpartition("_")[2], each.content()["login"]) for each in told] == [
        ("proposed", "shen"), ("issued", "liu"), ("recalled", "wang"),
    ]  # fmt: skip


def test_a_county_that_came_back_from_a_backup_still_takes_back_what_it_sent(center: Center, tmp_path: Path) -> None:
    laptop, room = a_laptop(Random(1), center, "desk-a"), a_desk(tmp_path / "room")
    template = handed_in(center, b"DOCX")
    issue(center, TakesAll(), template, who="liu")
    by_network(center, laptop)
    anew = begin_anew(center, who="shen")
    recall(anew, template, "落款有误", who="liu")
    by_network(anew, laptop)
    assert [(each.sent_by, each.withdrawn) for each in at_room(room, laptop)] == [("liu", "落款有误")]
    opening.lock(room)


def test_templates_of_rooms_are_no_cases_and_reach_the_rooms_other_computer(center: Center) -> None:
    first, second = (a_laptop(Random(n), center, f"desk-{n}") for n in range(2))
    stranger = a_laptop(Random(3), center, "desk-3", township=NEIGHBOR)
    body: dict[str, object] = {
        "id": "0a" * 16, "kind": KIND, "version": "1", "valid_from": date(2026, 3, 1).isoformat(), "sha256": "0" * 64,
        "login": "li", "data": ["AAAA"],
    }  # fmt: skip
    for number, desk in enumerate((first, stranger)):
        desk.writer.write(TEMPLATES, "template.proposed", body | {"id": f"{number + 1:032x}"})
        by_network(center, desk)
    by_network(center, second)
    assert fold_dirty(center) == 0
    assert case_count(center) == 0
    assert [each.content()["id"] for each in second.journal.stream(TEMPLATES)] == [f"{1:032x}"]
    assert every(center) == (), "a room's template is none of the county's"
