"""What a person does at the county, in a real browser: pages behind a form by keyboard, and all of it unscripted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from sync.center import supervising
from sync.center.application import application
from sync.center.county import Center
from sync.center.paper_templates import every
from sync.center.publishing import history
from sync.center.supervising import OrderQuery
from tests.core.test_published import YEAR
from tests.docs.foreign_words import a_word
from tests.sync.center.browser import Browser, browser
from tests.sync.center.layouts import REAL, handed_in
from tests.sync.center.people import add_person, cookie_for, quick
from tests.sync.center.serving import SeenFrom, served
from tests.sync.center.test_console import COOKIE, walk
from tests.sync.center.watched import CASE, a_matter, on_day, sent
from tests.sync.fakes import a_center
from tests.sync.world import a_laptop

NEAR = date(2026, 3, 26)
WRITE = "document.querySelector('#write button').click()"
ISSUE = "document.querySelector('button[form=issue]').click()"
SEND = "document.querySelector('main form button.primary').click()"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Center]:
    """A matter near its end, a person of all roles and a second one."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    for login in ("admin", "liu"):
        add_person(made, login)
    desk = a_laptop(Random(1), made, "desk-watched")
    a_matter(desk)
    on_day(made, NEAR)
    sent(made, desk)
    yield made
    made.database.close()


def choose(seen: Browser, path: Path) -> None:
    """A file, as the person picks it in the browser's own window."""
    root = seen.call("DOM.getDocument")["root"]["nodeId"]
    node = seen.call("DOM.querySelector", nodeId=root, selector="input[type=file]")["nodeId"]
    seen.call("DOM.setFileInputFiles", nodeId=node, files=[str(path)])


def hand_in(seen: Browser, path: Path, version: str) -> None:
    """Version and file, sent; the kind is the one that was chosen."""
    seen.type_into("input[name=version]", version)
    choose(seen, path)
    seen.follow("document.querySelector('input[type=file]').form.querySelector('button').click()")


@pytest.mark.full
def test_every_page_behind_a_form_is_walked_by_keyboard(county: Center, tmp_path: Path) -> None:
    cookie = f"{COOKIE}={cookie_for(county)}"
    handed_in(county, b"DOCX", who="liu")
    (table := tmp_path / "2027.json").write_text(json.dumps(YEAR), encoding="utf-8")
    (bad := tmp_path / "bad.docx").write_bytes(a_word("{{ 名字 }}"))
    with served(SeenFrom(application(county, quick, hands=REAL), cookie=cookie)) as url, browser() as seen:
        for path in ("/orders", "/orders?pick=all", "/rules/papers", "/cases?q=x"):
            seen.go(f"{url}{path}")
            walk(seen, path)
        seen.go(f"{url}/orders?pick=all")
        seen.follow(ISSUE)
        walk(seen, "issue")
        seen.go(f"{url}/cases")
        seen.ask("document.querySelector('input[name=case]').click()")
        seen.follow(WRITE)
        walk(seen, "write")
        seen.go(f"{url}/rules")
        hand_in(seen, table, "2027-1")
        walk(seen, "publish")
        seen.go(f"{url}/rules/papers")
        hand_in(seen, bad, "2027-1")
        assert "没有“名字”这个字段" in seen.text()
        walk(seen, "papers with faults")
        assert seen.complaints == [] or all("422" in each for each in seen.complaints)


def test_a_supervisors_day_needs_no_script(county: Center, tmp_path: Path) -> None:
    (table := tmp_path / "2027.json").write_text(json.dumps(YEAR), encoding="utf-8")
    assert REAL.layouts
    (file := tmp_path / "receipt.docx").write_bytes(REAL.layouts.starter("receipt"))
    cookie = f"{COOKIE}={cookie_for(county)}"
    with served(SeenFrom(application(county, quick, hands=REAL), cookie=cookie)) as url, browser() as seen:
        seen.call("Emulation.setScriptExecutionDisabled", value=True)
        seen.go(f"{url}/orders?pick=all")
        seen.follow(ISSUE)
        seen.follow(ISSUE)
        assert supervising.followed(county, OrderQuery())[1] > 0
        seen.go(f"{url}/cases")
        seen.ask("document.querySelector('input[name=case]').click()")
        seen.follow(WRITE)
        seen.type_into("textarea", "请包案")
        seen.follow(SEND)
        assert "请包案" in seen.text()
        seen.go(f"{url}/rules")
        hand_in(seen, table, "2027-1")
        seen.follow(SEND)
        assert len(history(county)) == 1
        seen.go(f"{url}/rules/papers")
        seen.ask("document.querySelector('select[name=kind]').value = 'receipt'")
        hand_in(seen, file, "2027-1")
        assert "核对通过，已提交" in seen.text()
        assert [each.waits for each in every(county)] == [True]
        seen.go(f"{url}/cases/{CASE}")
        seen.ask("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        seen.type_into("textarea[aria-label=批示]", "月底办结")
        seen.follow("document.querySelector('form[action$=comment] button').click()")
        assert "月底办结" in seen.text()
        assert seen.complaints == []
