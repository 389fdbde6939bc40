"""The start-up of the desk side: addresses that may be used, places, and a road that refuses before it sends."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator import wiring
from mediator.casework import exchange, opening
from mediator.casework.desk import Desk
from mediator.commands.places import data_folder
from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable, WorldFailed
from mediator.wiring import lines, standing
from mediator.wiring.county import CountyRoad
from tests.casework.desks import a_desk, a_document, a_workshop, taken_in, with_the_real_road


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with the real road and one case."""
    made = a_desk(tmp_path / "vault", workshop=with_the_real_road(a_workshop()))
    taken_in(made, a_document())
    yield made
    opening.lock(made)


@pytest.mark.parametrize(
    "url",
    ["https://center.example", "https://center.example:8443/", "https://县.中国", "http://127.0.0.1:8000",
     "http://localhost", "http://[::1]:8000", "https://10.0.0.1/base//"],
)  # fmt: skip
def test_a_protected_address_or_one_of_this_machine_is_taken(url: str) -> None:
    assert lines.checked_url(url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    ["", "center.example", "http://center.example", "http://127.0.0.1.example", "ftp://center.example", "https://",
     "https://[::1", "https://a:0", "https://a:99999", "https://中文 空格/", "https://a\x00b/", "https://a\nb/", "HTTP://a",
     "file:///etc/passwd", "https:///path", "javascript:alert(1)"],
)  # fmt: skip
def test_any_other_address_is_refused_and_named(url: str) -> None:
    with pytest.raises(Unacceptable, match=r"sync\.url") as caught:
        lines.checked_url(url)
    assert caught.value.where == url[:200]


@given(st.text(max_size=60))
def test_no_text_brings_the_check_of_an_address_down(text: str) -> None:
    for url in (text, f"https://{text}", f"http://{text}"):
        if lines.is_open_address(url):
            assert url.lower().startswith(
                ("https://", "http://127.0.0.1", "http://localhost", "http://[::1]", "http://")
            )


def test_before_joining_nothing_is_sent_and_the_refusal_stands_in_the_history(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoAccess, match=r"sync\.not_enrolled"):
        exchange.by_network(desk)
    with pytest.raises(NoAccess, match=r"sync\.not_enrolled"):
        exchange.by_stick(desk, tmp_path)
    state = exchange.status(desk)
    assert (state.state, state.center, state.url, state.receipts) == ("none", "", "", 0)
    assert [(each.road, each.code) for each in state.history] == [
        ("usb", "sync.not_enrolled"), ("network", "sync.not_enrolled"),
    ]  # fmt: skip
    assert state.last == state.history[0]
    assert state.pending > 0


def test_what_may_not_leave_never_waits(desk: Desk) -> None:
    road = desk.workshop.exchange
    assert isinstance(road, CountyRoad)
    waiting = standing.waiting_to_leave(desk.vault, 0)
    exchange.status(desk)
    opening.check(desk, full=False)  # leaves a trace of the room alone
    assert standing.waiting_to_leave(desk.vault, 0) >= waiting
    assert standing.waiting_to_leave(desk.vault, desk.vault.entry_count()) == 0


@pytest.mark.parametrize(
    ("deed", "family", "code"),
    [
        (lambda desk, _: exchange.enroll_network(desk, "http://center.example", "X"), Unacceptable, "sync.url"),
        (lambda desk, _: exchange.enroll_network(desk, "https://127.0.0.1:1", "X"), WorldFailed, "network.unreachable"),
        (exchange.enroll_stick, RefusedByRule, "enroll.no_card"),
        (lambda desk, folder: exchange.enroll_stick(desk, folder / "away"), WorldFailed, "stick.gone"),
    ],
)
def test_a_way_in_that_leads_nowhere_changes_nothing(
    desk: Desk, tmp_path: Path, deed: Any, family: type[MediatorError], code: str
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    before = desk.vault.entry_count()
    with pytest.raises(family) as caught:
        deed(desk, folder)
    assert caught.value.code == code
    assert desk.vault.entry_count() == before
    assert list(folder.iterdir()) == []
    assert exchange.status(desk).state == "none"


@pytest.mark.parametrize("door", [wiring.run_desktop, wiring.render_screens])
def test_a_missing_desktop_is_said_so(door: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def without_screens(name: str, *rest: Any) -> Any:
        if name.startswith("mediator.ui"):
            raise ImportError(name)
        return known(name, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(builtins, "__import__", without_screens)
        with pytest.raises(WorldFailed, match=r"desktop\.missing"):
            door(a_workshop(), tmp_path)


def test_the_faces_of_an_installed_program_lie_in_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wiring.fonts_folder().name == ".fonts"
    monkeypatch.setattr(wiring, "FONTS", ".nothing-here")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert wiring.fonts_folder() == data_folder() / "fonts"


def test_the_real_workshop_has_a_running_clock_and_fresh_randomness() -> None:
    shop = wiring.build_workshop()
    assert shop.clock.now().tzinfo is not None
    assert shop.random(16) != shop.random(16)
    assert shop.ground(shop.clock).now() > 1_700_000_000_000
