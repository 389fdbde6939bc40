"""A computer that goes in good order, the one that takes its place, and one computer on its page."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import delete

from mediator.errors import RefusedByRule
from sync.center import retiring
from sync.center.application import application
from sync.center.county import Center
from sync.center.device import device_of
from sync.center.enrollment import join
from sync.center.log import LogQuery, lines
from sync.center.reading import devices, put_aside
from sync.center.tables import ENTRY, NUMBER_BLOCK
from sync.wire.ids import comparison, fingerprint
from tests.sync.center.joining import request_of
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_exchange import by_network, tell
from tests.sync.center.test_revocation import try_to_send
from tests.sync.world import Desk, a_laptop


@pytest.fixture
def old(center: Center) -> Desk:
    """A computer in use that has sent something."""
    desk = a_laptop(Random(1), center, "desk-old")
    tell(desk, 2)
    by_network(center, desk)
    return desk


def states(center: Center) -> dict[str, str]:
    """Every computer and whether it may send."""
    return {row.desk: row.state for row in devices(center)}


def test_the_new_computer_takes_the_old_ones_place_once_it_joins(center: Center, old: Desk) -> None:
    before = device_of(center, old.id).row
    code = retiring.replace(center, old.id, who="li")
    assert states(center) == {old.id: "enrolled"}, "until then the old one goes on"
    assert join(center, request_of("new", code=code.text)).answer
    new = next(row for row in devices(center) if row.desk != old.id)
    assert states(center) == {old.id: "retired", new.desk: "enrolled"}
    assert (new.township, new.room) == (before.township, before.room)
    assert new.seat != before.seat, "a seat is never given twice"
    with pytest.raises(RefusedByRule, match=r"desk\.unknown"):
        retiring.replace(center, old.id, who="li")


def test_what_a_retired_computer_sends_later_waits_for_a_person(center: Center, old: Desk) -> None:
    retiring.retire(center, old.id, who="li")
    found = device_of(center, old.id)
    assert (found.row.state, {block.state for block in found.blocks}) == ("retired", {"closed"})
    assert [line.told["login"] for line in lines(center, LogQuery(kind="audit.desk_retired"))[0]] == ["li"]
    tell(old, 1)
    assert try_to_send(center, old) == "desk.revoked"
    assert len(put_aside(center)) == 1
    for ref in (old.id, "f" * 32):
        with pytest.raises(RefusedByRule, match=r"desk\.unknown"):
            retiring.retire(center, ref, who="li")


def test_a_computer_is_told_with_its_keys_its_chain_and_its_numbers(center: Center, old: Desk) -> None:
    found = device_of(center, old.id)
    sign, seal = old.sealer.sign_public, old.sealer.seal_public
    assert (found.fingerprint, found.digits) == (fingerprint(sign), comparison(sign, seal))
    assert (found.held, found.missing, found.kept_home) == (found.row.head_n, (), 0)
    assert {block.kind for block in found.blocks} == {"民调", "和解", "信", "单"}
    gone = delete(ENTRY).where(ENTRY.c.desk == old.id, ENTRY.c.n == 2)
    center.database.write(lambda scope: scope.change(gone))
    assert device_of(center, old.id).missing == (2,)


def test_the_page_of_a_computer_says_so_in_words(center: Center, old: Desk) -> None:
    add_person(center)
    center.database.write(lambda scope: scope.change(delete(ENTRY).where(ENTRY.c.desk == old.id, ENTRY.c.n == 2)))
    center.database.write(lambda scope: scope.change(delete(NUMBER_BLOCK)))
    with client_of(application(center, quick)) as http:
        token = log_in(http)
        page = http.get(f"/devices/{old.id}").text
        assert "缺号，从第 2 条起" in page
        assert "第一次交换以后分配" in page
        assert http.get(f"/devices/{'f' * 32}").status_code == 404
        told = http.post("/devices/replace", data={"token": token, "desk": old.id}).text
        assert "新的登记码" in told
        assert http.post("/devices/retire", data={"token": token, "desk": old.id}).headers["location"] == "/devices"
        assert "已换下" in http.get("/devices").text
