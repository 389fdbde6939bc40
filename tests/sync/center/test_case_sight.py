"""The case page of the county tells what the desk tells: deadlines explained, links, steps, answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import httpx
import pytest

from mediator.core.deadlines import DeadlineState
from mediator.journal.entry import StreamId
from sync.center import reading
from sync.center.application import application
from sync.center.case_sight import sight_of
from sync.center.county import Center
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_published import RULE, put_down
from tests.sync.center.test_web import NASTY
from tests.sync.center.watched import CASE, a_matter, on_day, sent
from tests.sync.fakes import a_center
from tests.sync.world import Desk, a_laptop

OTHER = StreamId("cd" * 16)
TOLD = date(2026, 3, 27)


def with_course(desk: Desk) -> None:
    """A matter that came from another one, with an event, an approved extension, an answer and a signed agreement."""
    write = desk.writer.write
    ids = (f"{n:032x}" for n in range(1, 20))
    a_matter(desk)
    write(CASE, "case.set", {"fields": {"road": "confirmation", "road_reason": "双方都愿意"}})
    write(OTHER, "case.opened", {"fields": {"title": "原信访事项", "kind": "petition"}})
    link = {"other": OTHER, "reason": "petition_to_mediation", "role": "target", "note": f"访调对接{NASTY}"}
    write(CASE, "link.added", {"id": next(ids), "fields": link})
    gone = {"other": "ef" * 16, "reason": "handed_on", "role": "origin"}
    write(CASE, "link.added", {"id": next(ids), "fields": gone})
    for word in ("reception.friday", "confirmation_asked", "of_a_newer_program"):
        fields = {"event": word, "on": "2026-03-20", "by": "王镇长", "text": f"答复{NASTY}"}
        write(CASE, "event.recorded", {"id": next(ids), "fields": fields})
    longer = {"rule": "D03", "step": "extended", "on": "2026-03-25", "length": 1, "unit": "months",
              "approved_by": "赵主任", "reason": "还在核实"}  # fmt: skip
    write(CASE, "period.changed", {"id": next(ids), "fields": longer})
    asked = {"asked_on": "2026-03-26", "about": "body", "answer": "satisfied", "asked_by": "钱"}
    write(CASE, "satisfaction.recorded", {"id": next(ids), "fields": asked})
    write(CASE, "follow_up.recorded", {"id": next(ids), "fields": {"visited_on": "2026-03-26", "visitor": "李"}})


@pytest.fixture
def county(center: Center) -> Center:
    """It was told of on 27 March; a week later nobody has exchanged again."""
    desk = a_laptop(Random(1), center, "desk-watched")
    with_course(desk)
    on_day(center, TOLD)
    sent(center, desk)
    on_day(center, date(2026, 5, 20))
    return center


def test_deadlines_stand_as_the_room_has_told_and_explain_themselves(county: Center) -> None:
    sight = sight_of(county, reading.show(county, CASE, who="shen").case)
    assert sight.heard == TOLD
    [d03] = [each for each in (*sight.open, *sight.over) if each.deadline.rule == "D03"]
    assert (str(d03.deadline.due), d03.state) == ("2026-05-06", DeadlineState.RUNNING), "never late while nobody told"
    assert "延长" in d03.deadline.explanation
    assert d03.words == "还有40天"
    late = [each for each in sight.open if each.state is DeadlineState.OVERDUE]
    assert all(each.words.startswith("逾期") for each in late)


def test_the_page_counts_by_the_tables_of_the_county(county: Center) -> None:
    put_down(county, "deadlines", {"rules": [RULE]})
    sight = sight_of(county, reading.show(county, CASE, who="shen").case)
    assert [each.deadline.rule for each in (*sight.open, *sight.over)] == ["D03"]
    assert "县中心下发" in sight.open[0].deadline.explanation or sight.open[0].deadline.source == "本县规定"


@pytest.fixture
def http(tmp_path: Path) -> Iterator[httpx.Client]:
    """A browser at a county with this matter."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    desk = a_laptop(Random(1), made, "desk-watched")
    with_course(desk)
    on_day(made, TOLD)
    sent(made, desk)
    with client_of(application(made, quick)) as client:
        log_in(client)
        yield client
    made.database.close()


def test_the_page_says_all_of_it_and_shows_what_people_wrote_as_text(http: httpx.Client) -> None:
    page = http.get(f"/cases/{CASE}").text
    for words in (
        "还有40天", "2026-03-25 调解期限延长1个月，赵主任批准：还在核实", "由此事项而来", f'href="/cases/{OTHER}"',
        "原信访事项", "转出到此事项：本中心没有收到", "周五接访日，王镇长", "申请司法确认", "of_a_newer_program",
        "对承办单位满意，钱询问", "回访，李", "室里选定：双方都愿意",
    ):  # fmt: skip
        assert words in page, words
    assert NASTY not in page
    assert "访调对接&lt;script" in page
