"""The county's pages in a real browser: forty scripts in every field run nowhere (T54), every page works by keyboard.

The scripts travel as a room's words do: written at a laptop, carried by a stick, taken in, folded, shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest

from mediator.core.codes import Verdict
from mediator.journal.entry import StreamId
from sync.center import stick
from sync.center.application import application
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.paper_templates import Typed, recall
from sync.center.reading import case_count
from sync.center.supervising import comment, instruct, judge
from sync.wire.names import stick_name
from tests.sync.center.browser import Browser, browser
from tests.sync.center.bundles import bundle_of
from tests.sync.center.layouts import REAL, handed_in
from tests.sync.center.payloads import PAYLOADS
from tests.sync.center.people import add_person, cookie_for, quick
from tests.sync.center.serving import SeenFrom, served
from tests.sync.fakes import a_center
from tests.sync.world import a_laptop

PAGES = (
    "/", "/cases", "/orders", "/orders?pick=all", "/statistics?kind=year", "/rules", "/rules/papers", "/devices",
    "/users", "/audit", "/account",
)  # fmt: skip
COOKIE = "mediator_session"


def case_of(number: int) -> StreamId:
    """The id of a case."""
    return StreamId(f"{number + 1:032x}")


def filled(center: Center, folder: Path, payloads: Sequence[str]) -> str:
    """One case for each payload with it in every field, brought in by a stick; the id of the laptop."""
    desk = a_laptop(Random(1), center, payloads[0][:60])
    for number, text in enumerate(payloads):
        case, write = case_of(number), desk.writer.write
        named = dict.fromkeys(("title", "facts", "requests", "dispute_type", "organization", "village"), text)
        write(case, "case.opened", {"fields": {**named, "kind": "people_mediation", "accepted_on": "2026-02-02"}})
        write(case, "case.moved", {"to": "in_mediation"})
        told = dict.fromkeys(("name", "address", "role_as_given", "phone", "id_number"), text)
        write(case, "party.added", {"id": f"{number:032x}", "fields": told | {"side": "applicant", "kind": "person"}})
        write(case, "hearing.opened", {"id": "05" * 16, "fields": {"place": text, "held_at": 1_772_000_000_000}})
        spoken = {"hearing": "05" * 16, "speaker": text, "text": text, "at": 1}
        write(case, "hearing.sentence", {"id": "06" * 16, **spoken})
        paper = {"id": "07" * 16, "kind": "receipt", "number": text, "title": text, "pages": 1, "files": []}
        write(case, "document.issued", paper)
        write(case, "follow_up.recorded", {"id": "08" * 16, "fields": {"visited_on": "2026-02-03", "situation": text}})
        write(case, "event.recorded", {"id": "09" * 16, "fields": {"event": "served", "on": "2026-02-03", "by": text}})
        for kind, fields in course_of(text).items():
            write(case, kind, {"id": "0a" * 16, "fields": fields})
        write(case, "case.set", {"fields": {"road": text, "road_reason": text}})
        answered = {"answer": text, "answered_by": text, "answered_on": "2026-02-04"}
        write(case, "supervision.answered", {"id": "0a" * 16, "fields": answered})
    (folder / str(stick_name(center.card.center, "up", desk.id, 1))).write_bytes(bundle_of(center, desk))
    stick.handle(center, folder)
    assert fold_dirty(center) == 0
    assert case_count(center) == len(payloads)
    for number, text in enumerate(payloads):
        said_by_the_county(center, case_of(number), text)
    fold_dirty(center)
    return str(desk.id)


def course_of(text: str) -> dict[str, dict[str, object]]:
    """What a room may write about the course of a case, the text in every field that takes words."""
    return {
        "supervision.raised": {"sort": "urge", "rule": "D03", "text": text},
        "period.changed": {"rule": text, "step": "extended", "on": "2026-02-03", "length": 1, "unit": "months",
                           "approved_by": text, "reason": text},
        "satisfaction.recorded": {"asked_on": "2026-02-03", "about": "body", "answer": "satisfied", "asked_by": text,
                                  "note": text},
        "link.added": {"other": "ef" * 16, "reason": "handed_on", "role": "origin", "note": text},
        "clause.added": {"text": text},
        "obligation.added": {"payer": text, "payee": text, "goods": text, "due_as_given": text},
    }  # fmt: skip


def said_by_the_county(center: Center, case: StreamId, text: str) -> None:
    """Every word that somebody of the county may write: on a case, on an answer, on a template."""
    comment(center, case, text, who="admin")
    instruct(center, [case], text, who="admin")
    judge(center, case, "0a" * 16, verdict=Verdict.RETURNED, text=text, who="admin")
    template = handed_in(center, text.encode(), typed=Typed("receipt", text[:40], "2026-03-01"), who="admin")
    recall(center, template, text, who="admin")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Center]:
    """A founded county with one person of all roles."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    yield made
    made.database.close()


def look(seen: Browser, address: str) -> None:
    """Open a page; nothing ran, nothing was refused, nothing was asked for elsewhere."""
    seen.go(address)
    assert seen.ask("window.ran") is None, address
    assert seen.ask("document.querySelectorAll('script, iframe, object, embed, base, link[href^=java]').length") == 0
    assert seen.complaints == [], address


@pytest.mark.threat("T54")
@pytest.mark.parametrize("payloads", [PAYLOADS[::13], pytest.param(PAYLOADS, marks=pytest.mark.full)], ids=len)
def test_scripts_in_every_field_run_on_no_page(county: Center, tmp_path: Path, payloads: Sequence[str]) -> None:
    desk = filled(county, tmp_path, payloads)
    cookie = f"{COOKIE}={cookie_for(county)}"
    with served(SeenFrom(application(county, quick, hands=REAL), cookie=cookie)) as url, browser() as seen:
        for number, text in enumerate(payloads):
            look(seen, f"{url}/cases/{case_of(number)}")
            assert text in seen.ask("document.querySelector('main').textContent"), "it is shown as what it is"
            for parts in ("", "&parts=1"):
                look(seen, f"{url}/cases?q={quote(text)}{parts}")
            look(seen, f"{url}/orders/{case_of(number)}/{'0a' * 16}")
        for path in (*PAGES, f"/devices/{desk}", *(f"/statistics?kind={kind}" for kind in ("month", "people"))):
            look(seen, f"{url}{path}")


FOCUSABLE = (
    "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]"
    ".filter(e => e.checkVisibility() && !e.disabled)"
)
NAMELESS = (
    f"{FOCUSABLE}.filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length)))"
    ".map(e => e.outerHTML)"
)
HERE = f"{FOCUSABLE}.indexOf(document.activeElement)"
RINGED = "getComputedStyle(document.activeElement).outlineStyle + ' ' + document.activeElement.outerHTML.slice(0, 90)"


def tab(seen: Browser) -> None:
    """The Tab key."""
    for kind in ("rawKeyDown", "keyUp"):
        seen.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)


def walk(seen: Browser, path: str) -> None:
    """Tab through a page: everything is reached in reading order, named and shown as focused; nothing is too wide."""
    seen.ask("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    wanted = int(seen.ask(f"{FOCUSABLE}.length"))
    assert seen.ask(NAMELESS) == [], path
    assert seen.ask("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the window"
    seen.ask("document.body.focus()")
    reached: list[int] = []
    for _ in range(3 * wanted):  # a field for a day has three stops of its own
        tab(seen)
        place = int(seen.ask(HERE))
        if place < 0 and len(set(reached)) == wanted:
            break
        if place >= 0:
            reached.append(place)
            ring = str(seen.ask(RINGED))
            assert not ring.startswith("none"), f"{path}: focus is not seen on {ring}"
    assert sorted(set(reached)) == list(range(wanted)), path
    round_trip = list(dict.fromkeys(reached))  # it begins where the page puts the cursor
    start = round_trip.index(0)
    assert round_trip[start:] + round_trip[:start] == list(range(wanted)), f"{path}: not in reading order"


@pytest.mark.full
def test_every_page_is_walked_by_keyboard_at_the_small_window(county: Center, tmp_path: Path) -> None:
    desk = filled(county, tmp_path, ("相邻通行纠纷",))
    cookie = f"{COOKIE}={cookie_for(county)}"
    with served(SeenFrom(application(county, quick, hands=REAL), cookie=cookie)) as url, browser() as seen:
        for path in (*PAGES, f"/devices/{desk}", f"/cases/{case_of(0)}", "/cases?late=1", "/statistics?kind=month"):
            seen.go(f"{url}{path}")
            walk(seen, path)
    with served(application(county, quick)) as url, browser() as seen:
        seen.go(f"{url}/login")
        walk(seen, "/login")
