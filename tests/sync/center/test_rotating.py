"""Keys of the county change while sticks are under way (row 50): nobody has to do anything at the rooms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from mediator.errors import Unacceptable
from mediator.journal.entry import StreamId
from sync.carriers.stick import StickCarrier, found_in
from sync.center import log, rotating, stick
from sync.center.answering import exchange as answer
from sync.center.checking import check
from sync.center.county import Center
from sync.center.enrollment import decide, join
from sync.center.keeping import Keeper
from sync.center.keyring import NAME, Keys
from sync.center.opening import chain_of
from sync.center.restoring import begin_anew
from sync.center.voices import as_known
from sync.session.belief import SLOWEST_STICK
from sync.session.exchange import Exchange, keep_membership
from sync.session.joining import card_body, next_cards, read_answer, read_request, request_bundle
from sync.wire.bundle import read_cover
from sync.wire.cards import card_bytes, read_membership
from sync.wire.ids import key_id
from tests.sync.center.joining import request_of
from tests.sync.center.program import County
from tests.sync.center.test_exchange import by_network, run, tell
from tests.sync.fakes import Clock, FakeSealer, MemoryShelf
from tests.sync.world import Desk, SealedWriter, SwiftJournal, a_laptop

DAY = 24 * 3600 * 1000


@pytest.fixture
def desk(center: Center) -> Desk:
    """A laptop that has told something under the first keys."""
    made = a_laptop(Random(1), center, "desk-one")
    tell(made, 3)
    by_network(center, made)
    return made


def turned(center: Center, number: int = 2) -> Center:
    """The county under its next keys."""
    return rotating.rotate(center, FakeSealer(f"center-{number}"), who="沈")


def pass_days(center: Center, days: int) -> None:
    """Time goes by."""
    assert isinstance(center.now, Clock)
    center.now.ms += days * DAY


def known_to(desk: Desk) -> str:
    """The key by which a laptop knows its county."""
    card = desk.shelf.card()
    assert card
    return read_membership(card).card.sign


def whole(center: Center, desk: Desk) -> bool:
    """True when the county holds all that the laptop wrote, and nothing of it waits here."""
    return Keeper(center).top(desk.id) == desk.journal.top(desk.id) and desk.shelf.outgoing() is None


def test_a_laptop_learns_of_new_keys_with_its_next_answer_and_goes_on_under_them(center: Center, desk: Desk) -> None:
    anew = turned(center)
    tell(desk, 1)
    _, line = by_network(anew, desk)
    assert read_cover(line.sent[0]).header.to == (key_id(center.sealer.seal_public),)
    assert known_to(desk) == anew.card.sign
    assert whole(anew, desk)
    tell(desk, 1)
    _, line = by_network(anew, desk)
    assert read_cover(line.sent[0]).header.to == (key_id(anew.sealer.seal_public),)
    assert (len(line.sent), whole(anew, desk)) == (1, True)
    assert chain_of(center.database) == anew.chain
    assert check(anew).findings == ()
    assert log.whole_chain(anew)[1] == ()


@pytest.mark.parametrize("changes", [1, 3])
def test_a_stick_of_300_days_ago_is_read_and_its_answer_brings_the_keys(
    center: Center, desk: Desk, tmp_path: Path, changes: int
) -> None:
    tell(desk, 4)
    run(center, desk, StickCarrier(tmp_path, center.card.center, desk.id))
    anew = center
    for number in range(2, 2 + changes):
        anew = turned(anew, number)
        pass_days(anew, 300 // changes)
    assert stick.handle(anew, tmp_path).rejected == ()
    assert Keeper(anew).top(desk.id) == desk.journal.top(desk.id)
    run(anew, desk, StickCarrier(tmp_path, anew.card.center, desk.id))
    assert known_to(desk) == anew.card.sign
    assert whole(anew, desk)
    tell(desk, 1)
    by_network(anew, desk)
    assert whole(anew, desk)


@pytest.mark.parametrize(("days", "read"), [(399, True), (401, False)])
def test_an_answer_of_before_the_change_is_read_after_it_for_400_days(
    center: Center, desk: Desk, tmp_path: Path, days: int, read: bool
) -> None:
    beside = a_laptop(Random(2), center, "desk-beside")
    tell(beside, 1, case="cd" * 16)
    by_network(center, beside)
    run(center, desk, StickCarrier(tmp_path, center.card.center, desk.id))
    stick.handle(center, tmp_path)
    [old] = [each.data for each in found_in(tmp_path, direction="down")]
    anew = turned(center)
    offered = read_membership(desk.shelf.card() or b"")
    desk.shelf.keep_card(card_bytes(offered.succeeded([anew.card], anew.now())))
    pass_days(anew, days)
    road = StickCarrier(tmp_path, anew.card.center, desk.id)
    done = Exchange(
        desk.journal, desk.shelf, desk.sealer, road, desk.id, anew.now, read_membership(desk.shelf.card() or b"")
    ).run()  # fmt: skip
    assert ([each.code for each in done.faults] == ["bundle.sender"]) is not read
    assert bool(desk.journal.stream(StreamId("cd" * 16))) is read
    assert read_cover(old).header.key == key_id(center.sealer.sign_public)


def test_what_was_sealed_to_keys_that_are_gone_is_not_opened(center: Center, desk: Desk) -> None:
    tell(desk, 1)
    anew = replace(turned(center), former=())
    _, line = by_network(center, desk)
    with pytest.raises(Unacceptable, match=r"bundle\.recipient"):
        answer(anew, line.sent[0])


@pytest.mark.threat("T75")
def test_keys_that_no_key_of_ours_vouches_for_are_not_believed(center: Center, desk: Desk) -> None:
    """A center that took the place of ours and speaks under its own key, with a chain from another old one."""
    false = replace(
        center, sealer=FakeSealer("false"), former=(center.sealer,),
        chain=turned(replace(center, sealer=FakeSealer("elsewhere")), 7).chain,
    )  # fmt: skip
    before = known_to(desk)
    by_network(false, desk)
    assert known_to(desk) == before


def test_who_holds_the_card_of_before_can_still_join(center: Center) -> None:
    anew, asked = turned(center), request_of("desk-late")
    sealer = FakeSealer("desk-late")
    data = request_bundle(asked, center.card, sealer, no=1, wall=1)
    known = as_known(anew, data)
    read = read_request(data, center=anew.card.center, sealer=known.voice)
    join(known, read)
    decide(anew, read.comparison, good=True, who="沈")
    held = read_answer(join(known, read).answer, center.card, sealer, desk=SealedWriter("desk-late").desk)
    journal = SwiftJournal()
    desk = Desk("desk-late", SealedWriter("desk-late", journal), MemoryShelf(journal), sealer)
    keep_membership(desk.shelf, held)
    tell(desk, 1)
    by_network(anew, desk)
    assert known_to(desk) == anew.card.sign


def test_the_countys_own_words_under_both_keys_come_back_after_a_backup(center: Center, desk: Desk) -> None:
    anew = begin_anew(turned(center), who="沈")
    for _ in range(2):
        by_network(anew, desk)
    assert check(anew).findings == ()
    assert whole(anew, desk)


def test_the_card_that_a_center_shows_leads_to_its_newest_key(center: Center) -> None:
    anew = turned(turned(center), 3)
    shown = card_body(anew.card, anew.sealer, chain=anew.chain)
    assert next_cards(shown, center.card, FakeSealer("x"))[-1] == anew.card
    assert next_cards(shown, anew.card, FakeSealer("x")) == (anew.card,)
    other = replace(center.card, sign=FakeSealer("other").sign_public.hex())
    assert next_cards(shown, other, FakeSealer("x")) == ()
    assert b"keys" not in card_body(center.card, center.sealer)


def secret(number: int) -> bytes:
    """Private bytes; here their public half is a hash of them."""
    return bytes([number]) * 64


def test_a_change_that_a_kill_interrupted_is_ended_or_undone_at_the_next_start(center: Center, tmp_path: Path) -> None:
    url = center.database.engine.url.render_as_string(hide_password=False)
    now, public = center.now(), {secret(1): center.sealer.sign_public, secret(2): FakeSealer("center-2").sign_public}
    keys = Keys(center.card.center, center.county, secret(1), b"c" * 32, coming=secret(2))
    keys.write(tmp_path)
    before = rotating.settled(tmp_path, url, now, sign_of=public.__getitem__)
    assert (before.desk, before.coming, before.former) == (secret(1), secret(2), ()), "the old ones are in use"
    turned(center)
    after = rotating.settled(tmp_path, url, now, sign_of=public.__getitem__)
    assert (after.desk, after.coming, after.former) == (secret(2), b"", ((secret(1), now + SLOWEST_STICK),))
    assert Keys.read(tmp_path) == after
    late = rotating.settled(tmp_path, url, now + SLOWEST_STICK, sign_of=public.__getitem__)
    assert late.former == ()
    assert secret(1).hex() not in (tmp_path / NAME).read_text(), "the private half is destroyed"
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


def test_the_command_changes_the_keys_and_says_what_has_to_be_done(tmp_path: Path) -> None:
    county = County(tmp_path / "county")
    first = county.init().document["fingerprint"]
    told = county("rotate").document
    assert (told["before"], told["fingerprint"] != first) == (first, True)
    assert county("status").document["fingerprint"] == told["fingerprint"]
    assert county("check").document["ok"]
    again = county.in_words("rotate")
    assert "重新启动 serve 以后生效" in again.out
    assert "四百天内照常读入" in again.out
    kept = Keys.read(county.folder)
    assert (len(kept.former), kept.coming) == (2, b"")
    assert county("check").document["ok"]
