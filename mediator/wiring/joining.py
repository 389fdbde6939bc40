"""Joining a county, by a code over the network or by files on a stick."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.casework.county import Enrolled
from mediator.casework.exchange import failure
from mediator.errors import RefusedByRule, Unacceptable
from mediator.wiring.lines import card_at, checked_url, network
from mediator.wiring.standing import settle_in

if TYPE_CHECKING:
    from mediator.store.vault import Vault
    from sync.carriers.http import HttpCarrier
    from sync.carriers.stick import Found
    from sync.session.joining import JoinRequest
    from sync.wire.cards import CenterCard, Membership


def by_network(vault: Vault, url: str, code: str, *, proxy: str, now: int) -> Enrolled:
    """Join a center with a one-time code, which itself never travels."""
    from sync.session import joining

    refuse_second(vault)
    card = card_at(url, vault.sealer(), proxy=proxy)
    with network(url, card, proxy=proxy) as carrier:
        request = request_of(vault, code)
        answer = carrier.enroll(joining.request_bundle(request, card, vault.sealer(), no=1, wall=now))
    if answer.code == "enroll.waiting":
        return Enrolled(vault.desk, card.name, "waiting", request.comparison)
    if answer.code:
        raise failure(answer.code)
    found = joining.read_answer(next(iter(answer.down)), card, vault.sealer(), desk=vault.desk, url=checked_url(url))
    return settle_in(vault, found)


def refuse_second(vault: Vault) -> None:
    """Raise RefusedByRule `sync.enrolled` when the vault belongs to a county already."""
    if vault.shelf.card() is not None:
        raise RefusedByRule("sync.enrolled")


def request_of(vault: Vault, code: str) -> JoinRequest:
    """What this desk asks of a center; `code` is empty on the road of files."""
    from sync.session.joining import JoinRequest, proof_of

    keys = vault.desk_keys
    proof = proof_of(code, desk=vault.desk, sign=keys.sign_public, seal=keys.seal_public) if code else ""
    return JoinRequest(
        desk=vault.desk,
        sign=keys.sign_public.hex(),
        seal=keys.seal_public.hex(),
        organization=vault.room.organization,
        division=vault.room.division,
        name=vault.user.name,
        proof=proof,
    )


def by_stick(vault: Vault, folder: Path, *, now: int) -> Enrolled:
    """Join by files: the first time the request is written, later the answer is taken.

    Raises RefusedByRule `sync.enrolled`, `enroll.no_card`, `enroll.many_cards`, WorldFailed `stick.*`.
    """
    from sync.session import joining

    refuse_second(vault)
    found = list(stick_answers(folder))
    asked = vault.shelf.enrolling() or the_card(found, vault)
    card = joining.read_card(asked, vault.sealer())
    for each in answers_to(vault, card, found):
        joined = settle_in(vault, joining.read_answer(each.data, card, vault.sealer(), desk=vault.desk))
        vault.shelf.remember_enrolling(None)
        remove_own(folder, each)
        return joined
    return ask_by_stick(vault, folder, asked, now=now)


def come_back(vault: Vault, carrier: HttpCarrier, membership: Membership, *, now: int) -> bool:
    """Show a county that has forgotten this desk its own word on it; True when it knows us again."""
    from sync.session import joining

    request = witnessed(vault, membership)
    if request is None:
        return False
    answer = carrier.enroll(joining.request_bundle(request, membership.card, vault.sealer(), no=1, wall=now))
    return not answer.code


def come_back_by_stick(vault: Vault, folder: Path, membership: Membership, *, now: int) -> None:
    """The same by a file beside the bundle, where the county's card on the stick tells of a life we do not know."""
    from sync.carriers.stick import write_safely
    from sync.session import joining
    from sync.session.belief import receipt_of
    from sync.wire.names import stick_name

    newest, found = vault.shelf.receipt(), list(stick_answers(folder))
    known = receipt_of(newest, membership, vault.sealer()).ce if newest else 0
    for each in answers_to(vault, membership.card, found):
        remove_own(folder, each)
        return
    lives = [card.epoch for card in cards_in(found, vault) if card.center == membership.card.center]
    request = witnessed(vault, membership) if max(lives, default=0) > known else None
    if request:
        bundle = joining.request_bundle(request, membership.card, vault.sealer(), no=1, wall=now)
        write_safely(folder, stick_name(membership.card.center, "enroll", vault.desk, 1), bundle)


def witnessed(vault: Vault, membership: Membership) -> JoinRequest | None:
    """The request of a desk that was in the county before, None when it holds no word of that."""
    from sync.session.joining import witness_of

    told = witness_of(vault, membership.card.county, vault.desk)
    return replace(request_of(vault, ""), witness=told) if told else None


def cards_in(found: list[Found], vault: Vault) -> Iterator[CenterCard]:
    """The cards among files; one that cannot be read is no card."""
    from sync.session.joining import read_card

    for each in found:
        with suppress(Unacceptable):
            yield read_card(each.data, vault.sealer())


def ask_by_stick(vault: Vault, folder: Path, data: bytes, *, now: int) -> Enrolled:
    """Write the request for the center of a card and remember whom we asked."""
    from sync.carriers.stick import write_safely
    from sync.session import joining
    from sync.wire.names import stick_name

    card, request = joining.read_card(data, vault.sealer()), request_of(vault, "")
    bundle = joining.request_bundle(request, card, vault.sealer(), no=1, wall=now)
    write_safely(folder, stick_name(card.center, "enroll", vault.desk, 1), bundle)
    vault.shelf.remember_enrolling(data)
    return Enrolled(vault.desk, card.name, "requested", request.comparison)


def stick_answers(folder: Path) -> Iterator[Found]:
    """Answers and cards on a stick."""
    from sync.carriers.stick import found_in

    yield from found_in(folder, direction="answer")


def the_card(found: list[Found], vault: Vault) -> bytes:
    """The one center's card among files; raises RefusedByRule `enroll.no_card`, `enroll.many_cards`."""
    from sync.session.joining import read_card

    cards: dict[str, bytes] = {}
    for each in found:
        with suppress(Unacceptable):  # a card that cannot be read is no card; another one may be good
            cards[read_card(each.data, vault.sealer()).center] = each.data
    if len(cards) != 1:
        raise RefusedByRule("enroll.many_cards" if cards else "enroll.no_card")
    return next(iter(cards.values()))


def answers_to(vault: Vault, card: CenterCard, found: list[Found]) -> list[Found]:
    """Files that a center wrote for this desk."""
    from sync.wire.names import stick_name

    mine = stick_name(card.center, "answer", vault.desk, 0)
    return [each for each in found if (each.name.center, each.name.desk) == (mine.center, mine.desk)]


def remove_own(folder: Path, answer: Found) -> None:
    """Our own request and the answer that was taken in may go; nobody else's file is touched."""
    from sync.carriers.stick import look

    own = [path for path, name in look(folder) if name.direction == "enroll" and name.desk == answer.name.desk]
    for path in (answer.path, *own):
        with suppress(OSError):  # a stick that keeps them loses nothing: what is answered is answered once
            path.unlink()
