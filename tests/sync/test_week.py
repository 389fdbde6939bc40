"""A week in a county, with the real service, the real roads and real vaults (issue of the county in full).

Three townships: one with two laptops on a good line, one that knows sticks alone, one on a bad line. In this week a
laptop is stolen and another takes its place, two persons change the same field, the county comes back from yesterday's
copy, and a room is a month offline. At the end all sides hold the same, every paper verifies, every count is equal.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from mediator.casework import (
    conflicts,
    exchange,
    hearing,
    importing,
    intake,
    opening,
    practice,
    printing,
    reading,
    supervising,
    verifying,
)
from mediator.casework.county import Exchanged
from mediator.casework.desk import Desk
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId
from mediator.core.spans import Span
from mediator.errors import MediatorError, RefusedByRule
from mediator.journal.fold import CASE
from mediator.store import figures as room
from mediator.store.listing import RowQuery
from sync.center import figures as county_figures
from sync.center.__main__ import ground_of
from sync.center.checking import check
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.keyring import Keys
from sync.center.opening import open_center
from sync.center.reading import Query, cases
from tests.casework.desks import PASSWORD, StillClock, a_workshop, encoded, with_the_real_road
from tests.sync.center.program import County
from tests.sync.flaky import bad_line

GOOD, STICKS, BAD = "331122101", "331122102", "331122103"
EVER = Span(date(2000, 1, 1), date(2030, 12, 31), date(2026, 12, 31))
FIELD, OURS, THEIRS = "facts", "院墙占了公用的路。", "院墙占了王家的滴水。"


@dataclass
class Week:
    """Who takes part; `papers` are the files that were signed and handed out, by township."""

    folder: Path
    county: County
    clock: StillClock = field(default_factory=StillClock)
    desks: dict[str, Desk] = field(default_factory=dict)
    papers: dict[str, list[Path]] = field(default_factory=dict)

    def laptop(self, name: str, township: str) -> Desk:
        """A new laptop with an empty vault."""
        workshop = with_the_real_road(a_workshop(clock=self.clock, seed=len(name) + sum(name.encode())))
        form = opening.RoomForm(f"{name}人民调解委员会", township, "li", "李调解")
        self.desks[name] = opening.create(workshop, self.folder / name, form, PASSWORD).desk
        return self.desks[name]

    def code(self, township: str) -> str:
        """A one-time code of the county."""
        return str(self.county("enroll", "--township", township).document["code"])

    def stick(self, name: str) -> Path:
        """A stick by its name."""
        place = self.folder / name
        place.mkdir(exist_ok=True)
        return place

    def by_stick(self, desk: Desk, stick: Path, *, anew: bool = False) -> None:
        """To the county and back; `anew` when the county has come back and must first tell how far it goes."""
        exchange.by_stick(desk, stick)
        done = self.county("usb", str(stick))
        assert [each["code"] for each in done.document["rejected"]] == ["bundle.gap"] * anew
        exchange.by_stick(desk, stick)

    def quarrels(self, name: str, count: int) -> list[CaseId]:
        """Cases of a room, each from its registration to its agreement or as far as it came."""
        desk = self.desks[name]
        days = [desk.today() - timedelta(days=n) for n in range(60, 0, -1)]
        made = practice.made_up(sum(name.encode()), count, township=desk.vault.room.division, days=days)
        return [each.id for each in importing.import_file(desk, encoded(list(islice(made, count)))).cases]

    def hand_out(self, name: str, cases: Sequence[CaseId]) -> None:
        """The agreement of each signed case, as files."""
        desk = self.desks[name]
        for case in cases:
            if reading.reread(desk, case).case.status is CaseStatus.SIGNED:
                made = printing.make(
                    desk, case, ["mediation_agreement"], formats=["pdf"], out=self.folder / "papers", draft=False
                )
                self.papers.setdefault(desk.vault.room.division, []).extend(
                    file.path for each in made for file in each.files
                )

    def still_open(self, name: str) -> CaseId:
        """A new quarrel of a room, heard and not concluded."""
        desk = self.desks[name]
        case = intake.open_case(desk, intake.CaseForm(f"{name}的院墙", "邻里纠纷"))
        held = hearing.open_hearing(desk, case, hearing.HearingForm(), under_way=True)
        for words in ("今天谈院墙。", "墙是去年砌的。", "先量一量再说。"):
            hearing.record_turn(desk, case, held, speaker="李调解", text=words)
        return case


@contextmanager
def looked_into(county: County) -> Iterator[Center]:
    """The center of a county that does not run, to look at."""
    keys = Keys.read(county.folder)
    center = open_center(f"sqlite:///{county.folder / 'center.db'}", keys.county, ground_of(keys, None))
    try:
        assert fold_dirty(center) == 0
        yield center
    finally:
        center.database.close()


def until_done(desk: Desk, url: str, *, tries: int) -> Exchanged:
    """Exchange again and again over a bad line, as the program does by itself."""
    for _ in range(tries):
        try:
            done = exchange.by_network(desk, url)
        except MediatorError:
            continue
        if not done.code and not done.pending:
            return done
    raise AssertionError(f"not one of {tries} tries came to its end")


def wrote(desk: Desk, case: CaseId, words: str) -> None:
    """Another text in the field that two persons write."""
    intake.save_case(desk, case, reading.reread(desk, case).seen, {FIELD: words})


def monday(week: Week) -> None:
    """Everybody joins: by a code, over a bad line, by files on a stick; the first cases come in."""
    with week.county.serving("--tls") as served:
        for name in ("甲", "乙"):
            exchange.enroll_network(week.laptop(name, GOOD), served.url, week.code(GOOD))
        far = week.laptop("丁", BAD)
        exchange.enroll_network(far, served.url, week.code(BAD))
        week.hand_out("甲", week.quarrels("甲", 6))
        week.hand_out("丁", week.quarrels("丁", 5))
        for name in ("甲", "乙"):
            assert exchange.by_network(week.desks[name], served.url).code == ""
        with bad_line(urlsplit(served.url).port or 0, Random(5), cuts=4) as line:
            until_done(far, f"{urlsplit(served.url).scheme}://127.0.0.1:{line.port}", tries=20)
            assert line.broken == 4
    near, stick = week.laptop("丙", STICKS), week.stick("stick-1")
    assert week.county("usb", str(stick)).code == 0, "an empty stick takes the county's card along"
    asked = exchange.enroll_stick(near, stick)
    assert week.county("usb", str(stick)).code == 5
    assert week.county("enroll", "--confirm", asked.digits).code == 0
    week.county("usb", str(stick))
    assert exchange.enroll_stick(near, stick).state == "enrolled"
    week.hand_out("丙", week.quarrels("丙", 5))
    week.by_stick(near, stick)


def tuesday(week: Week) -> None:
    """Two persons write the same field without knowing of each other; the far room loses its line for a month."""
    one, two = week.desks["甲"], week.desks["乙"]
    case = week.still_open("甲")
    with week.county.serving("--tls") as served:
        for desk in (one, two):
            exchange.by_network(desk, served.url)
    wrote(one, case, OURS)
    wrote(two, case, THEIRS)
    with week.county.serving("--tls") as served:
        for desk in (one, two, one):
            exchange.by_network(desk, served.url)
    assert [row.id for row in reading.in_conflict(one)] == [case]
    for name in ("丙", "丁"):
        week.still_open(name)


def wednesday(week: Week) -> None:
    """A laptop is stolen with a word that nobody else has; another takes its place and decides the conflict on it."""
    lost = week.desks.pop("甲")
    case = reading.in_conflict(lost)[0].id
    intake.save_case(lost, case, reading.reread(lost, case).seen, {"title": "只有被偷的电脑知道"})
    opening.lock(lost)
    shutil.rmtree(week.folder / "甲")
    assert week.county("revoke", lost.vault.desk).code == 0
    new = week.laptop("戊", GOOD)
    with week.county.serving("--tls") as served:
        exchange.enroll_network(new, served.url, week.code(GOOD))
        until_done(new, served.url, tries=5)
        conflicts.choose(new, case, CASE, FIELD, value=OURS, reason="按现场丈量，占的是公用的路")
        for desk in (new, week.desks["乙"]):
            assert exchange.by_network(desk, served.url).code == ""
    shutil.copytree(week.county.folder, week.folder / "yesterday")


def thursday(week: Week) -> None:
    """What came in is lost with the county's disk; it comes back as it was the evening before."""
    week.hand_out("乙", week.quarrels("乙", 3))
    with week.county.serving("--tls") as served:
        assert exchange.by_network(week.desks["乙"], served.url).code == ""
    week.by_stick(week.desks["丙"], week.stick("stick-1"))
    shutil.rmtree(week.county.folder)
    shutil.copytree(week.folder / "yesterday", week.county.folder)
    assert week.county("restored").code == 0


def friday(week: Week) -> None:
    """A month later: the far room comes with a stick that others use too; the county urges whoever is late."""
    week.clock.move(days=30)
    week.hand_out("丁", week.quarrels("丁", 2))
    week.by_stick(week.desks["丁"], week.stick("stick-2"))
    week.by_stick(week.desks["丙"], week.stick("stick-2"), anew=True)
    week.by_stick(week.desks["丙"], week.stick("stick-1"))
    assert week.county("supervise", "--issue").document["issued"] > 0
    everybody(week)
    for desk in week.desks.values():
        for each in supervising.open_orders(desk):
            with suppress(RefusedByRule):
                supervising.answer(desk, each.case, each.standing.order.id, "已经约双方下周二再谈。")


def everybody(week: Week) -> None:
    """Each goes its way twice: once to bring, once to take what the others brought."""
    for _ in range(2):
        with week.county.serving("--tls") as served:
            for name in ("乙", "戊", "丁"):
                until_done(week.desks[name], served.url, tries=3)
        week.by_stick(week.desks["丙"], week.stick("stick-1"))


def sunday(week: Week) -> None:
    """Every count is equal on all sides, nothing waits, everything verifies."""
    everybody(week)
    with looked_into(week.county) as center:
        assert check(center).findings == ()
        for desk in week.desks.values():
            township, vault = desk.vault.room.division, desk.vault
            lines, _ = cases(center, Query(township=township, limit=1000))
            held = reading.rows(desk, RowQuery(limit=1000))
            assert {line.id: line.number for line in lines} == {row.id: row.number for row in held}
            assert county_figures.facts(center, EVER, township=township) == room.facts(vault, EVER)
            state = exchange.status(desk)
            assert (state.pending, state.conflicts) == (0, 0)
            assert opening.check(desk, full=True).findings == ()
            told = verifying.verify(desk, week.papers[township])
            assert {each.state for each in told} == {verifying.GENUINE}
    stolen = reading.rows(week.desks["戊"], RowQuery(limit=1000))
    assert not any("被偷" in row.title for row in stolen)
    assert len(stolen) == 6 + 1 + 3


def test_a_week_in_a_county_ends_with_everybody_holding_the_same(tmp_path: Path) -> None:
    week = Week(tmp_path, County(tmp_path / "county"))
    week.county.init()
    monday(week)
    tuesday(week)
    wednesday(week)
    thursday(week)
    friday(week)
    sunday(week)
    for desk in week.desks.values():
        opening.lock(desk)
