"""A receipt slip from the county's page to the laptop's belief, and the digits of what a stick brought."""

from __future__ import annotations

import re
from argparse import Namespace
from random import Random

import pytest

from mediator.errors import RefusedByRule
from sync.center import stick
from sync.center.application import application
from sync.center.county import Center
from sync.center.hands import Hands
from sync.center.slips import slip, slip_of
from sync.session.slips import count_slip
from sync.wire.names import digits_of
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_exchange import by_network, tell
from tests.sync.center.test_stick import at_the_stick
from tests.sync.world import Desk, a_laptop


@pytest.fixture
def desk(center: Center) -> Desk:
    """Its stick went to the county and was lost on the way back."""
    made = a_laptop(Random(1), center, "desk-slip")
    tell(made, 3)
    return made


def sent(center: Center, desk: Desk, folder: object) -> int:
    """By a stick that never comes back; how many entries the desk has."""
    at_the_stick(center, desk, folder)  # type: ignore[arg-type]  # a path
    stick.handle(center, folder)  # type: ignore[arg-type]  # a path
    return desk.journal.top(desk.id)[0]


@pytest.mark.parametrize("form", ["scanned", "typed"])
def test_what_the_county_shows_the_laptop_counts(
    center: Center, desk: Desk, tmp_path_factory: pytest.TempPathFactory, form: str
) -> None:
    top = sent(center, desk, tmp_path_factory.mktemp("stick"))
    made = slip_of(center, desk.id)
    assert (made.n, len(made.lines)) == (top, 5)
    text = made.text if form == "scanned" else "\n".join(made.lines)
    assert count_slip(desk.journal, desk.shelf, desk.sealer, desk=desk.id, text=text).n == top
    assert desk.shelf.receipted() == top
    tell(desk, 1)
    done = by_network(center, desk)
    assert desk.shelf.receipted() == top + 1, done


def test_a_seat_is_as_good_as_an_id_and_a_stranger_has_no_slip(center: Center, desk: Desk) -> None:
    with pytest.raises(RefusedByRule, match=r"slip\.none"):
        slip_of(center, desk.id)
    by_network(center, desk)
    made = slip_of(center, desk.id)
    assert slip_of(center, made.seat) == made
    with pytest.raises(RefusedByRule, match=r"desk\.unknown"):
        slip_of(center, "zz")


def test_the_county_tells_the_digits_of_every_file_it_read(
    center: Center, desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("stick")
    at_the_stick(center, desk, folder)
    (path,) = folder.glob("med-*-u-*")
    data = path.read_bytes()
    assert stick.handle(center, folder).heard == ((path.name, digits_of(data)),)
    assert re.fullmatch(r"\d{8}", digits_of(data))
    path.write_bytes(data[:-1])
    ((_, other),) = stick.handle(center, folder).heard
    assert other != digits_of(data), "what was damaged on the way has other digits"


def test_the_page_shows_the_code_and_the_same_groups_as_the_command(center: Center, desk: Desk) -> None:
    by_network(center, desk)
    add_person(center)
    made = slip_of(center, desk.id)
    hands = Hands(picture=lambda text: f"<svg><title>{text}</title></svg>")
    with client_of(application(center, quick, hands=hands)) as client:
        log_in(client)
        page = client.get(f"/devices/{desk.id}/slip")
        assert page.status_code == 200
        assert f"<title>{made.text}</title>" in page.text
        assert all(group in page.text for group in made.groups)
        assert client.get("/devices/zz/slip").status_code == 404
    said, lines, code = slip(center, Namespace(desk=made.seat))
    assert (said["text"], said["groups"], code) == (made.text, list(made.groups), 0)
    assert made.text in lines
