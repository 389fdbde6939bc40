"""Laptops and a center with the real ciphers, for tests in which a forged byte must be told from a good one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from random import Random

from mediator.core.calendar import shipped_calendar
from mediator.core.divisions import division_names
from mediator.crypto.columns import Columns
from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.journal.entry import DeskId, StreamId
from sync.center.county import Center, Places
from sync.center.database import Database, open_engine
from sync.center.enrollment import join, make_code
from sync.center.opening import Ground, found
from sync.center.piece_files import PieceKeeper
from sync.session.exchange import Exchange, keep_membership
from sync.session.joining import JoinRequest, proof_of, read_answer
from sync.session.outcome import Exchanged
from sync.session.packing import upward
from sync.session.ports import Carrier
from sync.wire.bundle import Address, pack
from sync.wire.cards import CenterCard, read_membership
from tests.journal.list_journal import ListJournal, Writer
from tests.sync.fakes import COUNTY, Clock, MemoryShelf

TOWNSHIP = "331122101"
CASE = StreamId("ab" * 16)


class KeyedWriter(Writer):
    """Signs with a real key."""

    keys: DeskKeys

    def sign(self, text: bytes) -> bytes:
        return self.keys.sign(text)


@dataclass
class Laptop:
    """A desk in memory with real keys."""

    writer: KeyedWriter
    shelf: MemoryShelf
    sealer: Sealer

    @property
    def id(self) -> DeskId:
        """Its identity."""
        return self.writer.desk

    @property
    def journal(self) -> ListJournal:
        """Its entries."""
        return self.writer.journal

    def request(self, code: str = "") -> JoinRequest:
        """What it asks of a center."""
        sign, seal = self.sealer.sign_public, self.sealer.seal_public
        proof = proof_of(code, desk=self.id, sign=sign, seal=seal) if code else ""
        return JoinRequest(self.id, sign.hex(), seal.hex(), "壶镇镇调委会", TOWNSHIP, "李调解", proof)

    def settle(self, answer: bytes, card: CenterCard) -> None:
        """Take the answer in."""
        keep_membership(self.shelf, read_answer(answer, card, self.sealer, desk=self.id))

    def tell(self, count: int, *, case: StreamId = CASE, text: str = "说过的话") -> None:
        """A case with so many sentences more."""
        if not self.journal.stream(case):
            self.writer.write(case, "case.opened", {"fields": {"title": "相邻通行", "kind": "people_mediation"}})
        for _ in range(count):
            body: dict[str, object] = {
                "id": secrets.token_hex(16), "hearing": "0" * 32, "speaker": "王某", "text": text, "at": 1,
            }  # fmt: skip
            self.writer.write(case, "hearing.sentence", body)

    def bundle(self, card: CenterCard, *, no: int = 1) -> bytes:
        """Everything, from the first entry."""
        packed = upward(self.journal, self.id, base=(0, "0" * 64), cursors={}, wall=1)
        return pack(self.address(card, no=no), packed.payload, self.sealer)

    def address(self, card: CenterCard, *, no: int = 1) -> Address:
        """To a center."""
        return Address(center=card.center, county=card.county, dir="up", desk=self.id, to=(bytes.fromhex(card.seal),),
                       no=no, made=1)  # fmt: skip

    def exchange(self, road: Carrier) -> Exchanged:
        """Over a road."""
        card = self.shelf.card()
        assert card
        return Exchange(
            self.journal, self.shelf, self.sealer, road, self.id, Clock(), read_membership(card)
        ).run()  # fmt: skip


def a_laptop(name: str) -> Laptop:
    """With fresh keys, in no county."""
    writer, keys = KeyedWriter(name), DeskKeys.fresh()
    writer.keys = keys
    return Laptop(writer, MemoryShelf(writer.journal), Sealer(keys))


def joined(center: Center, name: str) -> Laptop:
    """A laptop that joined by a code."""
    made = a_laptop(name)
    made.settle(join(center, made.request(make_code(center, TOWNSHIP).text)).answer, center.card)
    return made


def real_center(url: str, seed: int = 3, pieces: PieceKeeper | None = None) -> Center:
    """A founded center whose ciphers are the real ones."""
    random = Random(seed)
    center = random.randbytes(16).hex()
    ground = Ground(
        Sealer(DeskKeys.fresh()), Columns(random.randbytes(32), owner=center), Clock(), secrets.token_bytes,
        Places(division_names(COUNTY)), shipped_calendar(), pieces=pieces,
    )  # fmt: skip
    return found(Database(open_engine(url), COUNTY), ground, center=center, name="缙云县中心")


def payload_of(laptop: Laptop) -> bytes:
    """What the laptop would send."""
    return upward(laptop.journal, laptop.id, base=(0, "0" * 64), cursors={}, wall=1).payload
