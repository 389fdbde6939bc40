"""Founding a county's center in a database, and opening it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import inspect

from mediator.core.calendar import Calendar
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from mediator.journal.entry import DeskId
from sync.center.chain import CENTER_STATE
from sync.center.county import Cabinet, Center, Places
from sync.center.database import Database, Scope, open_engine, translated
from sync.center.folding import refold_after_update
from sync.center.keeping import guest
from sync.center.log import make_again
from sync.center.piece_files import PieceKeeper
from sync.center.tables import CENTER_META, DESK, SCHEMA
from sync.center.upgrading import alone, complete
from sync.center.walls import raise_walls
from sync.wire.bundle import Sealer
from sync.wire.cards import CenterCard

COUNTY_DIGITS: Final = 6
CHAIN: Final = "keys"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the start-up file hands in: ciphers, clock in ms UTC, randomness, names of places, days off, by what the
    county's own line is known (`sync.center.lines`), empty for none, and where recordings and scans rest.
    """

    sealer: Sealer
    cabinet: Cabinet
    now: Callable[[], int]
    random: Callable[[int], bytes]
    places: Places
    calendar: Calendar
    ca: str = ""
    pins: str = ""
    pieces: PieceKeeper | None = None
    former: tuple[Sealer, ...] = ()


def nothing_more(_center: Center, _scope: Scope) -> None:
    """A county that begins begins with nothing."""


def found(
    database: Database, ground: Ground, *, center: str, name: str, epoch: int = 1,
    also: Callable[[Center, Scope], None] = nothing_more,
) -> Center:  # fmt: skip
    """Make the tables and the center's own rows, and in the same transaction what `also` does.

    Raises RefusedByRule `center.exists`, `center.division`.
    """
    county = database.county
    if not (len(county) == COUNTY_DIGITS and county.isascii() and county.isdigit()):
        raise RefusedByRule("center.division")
    with translated(), alone(database.engine):
        complete(database.engine)
        raise_walls(database.engine)
    desk = DeskId(ground.random(16).hex())
    keys = (ground.sealer.sign_public.hex(), ground.sealer.seal_public.hex())
    card = CenterCard(center, county, name, *keys, epoch=epoch, ca=ground.ca, pins=ground.pins)
    made = of(database, ground, card, desk)

    def work(scope: Scope) -> None:
        if scope.meta(CENTER_META, "center") is not None:
            raise RefusedByRule("center.exists")
        rows = {"schema": str(SCHEMA), "center": center, "name": name, "desk": desk, "epoch": str(epoch)}
        scope.add(CENTER_META, [{"name": key, "value": value} for key, value in rows.items()])
        own = {"sign": card.sign, "seal": card.seal, "label": name, "state": CENTER_STATE, "enrolled_at": ground.now()}
        scope.add(DESK, [guest(desk) | own])
        also(made, scope)

    database.write(work)
    refold_after_update(made)
    return made


def open_center(url: str, county: str, ground: Ground) -> Center:
    """Open a founded center; raises Unacceptable `center.none`, `center.newer`, `center.keys` for foreign keys."""
    database = Database(open_engine(url), county)
    try:
        meta = meta_of(database)
        center = center_of(database, ground, meta)
        if int(meta["schema"]) < SCHEMA:
            raise_schema(center)
        refold_after_update(center)
    except MediatorError:
        database.close()
        raise
    return center


def center_of(database: Database, ground: Ground, meta: dict[str, str]) -> Center:
    """The center that a database says it is; raises Unacceptable `center.newer`, `center.keys` for foreign keys."""
    if int(meta["schema"]) > SCHEMA:
        raise Unacceptable("center.newer", needs=meta["schema"])
    if meta["sign"] != ground.sealer.sign_public.hex():
        raise Unacceptable("center.keys")
    seal = ground.sealer.seal_public.hex()
    known = (meta["center"], database.county, meta["name"], meta["sign"], seal, int(meta["epoch"]))
    card = CenterCard(*known, ca=ground.ca, pins=ground.pins)
    return replace(of(database, ground, card, DeskId(meta["desk"])), chain=chain_of(database))


def raise_schema(center: Center) -> None:
    """Bring a database of an earlier version up to this one; a kill in between is made good at the next opening."""
    with translated(), alone(center.database.engine):
        complete(center.database.engine)
        raise_walls(center.database.engine)

    def work(scope: Scope) -> None:
        make_again(center, scope)
        scope.put(CENTER_META, {"name": "schema", "value": str(SCHEMA)})

    center.database.write(work)


def meta_of(database: Database) -> dict[str, str]:
    """What a founded center says of itself, and the key its own entries bear; raises Unacceptable `center.none`."""
    with translated():
        there = inspect(database.engine).has_table(CENTER_META.name)
    if not there:
        raise Unacceptable("center.none")
    with database.reading() as scope:
        return meta_in(scope)


def meta_in(scope: Scope) -> dict[str, str]:
    """The same inside a transaction."""
    meta = {name: scope.meta(CENTER_META, name) or "" for name in ("schema", "center", "name", "desk", "epoch")}
    meta["sign"] = sign_key(scope, meta["desk"])
    if not meta["sign"]:
        raise Unacceptable("center.none")
    return meta


def chain_of(database: Database) -> tuple[Mapping[str, str], ...]:
    """How the keys that this center had led to those that it has; empty where they never changed."""
    with database.reading() as scope:
        return tuple(json.loads(scope.meta(CENTER_META, CHAIN) or "[]"))


def sign_key(scope: Scope, desk: str) -> str:
    """The signing key that stands in a desk's row, empty when there is none."""
    row = scope.one(DESK.select().where(DESK.c.desk == desk))
    return str(row.sign) if row else ""


def of(database: Database, ground: Ground, card: CenterCard, desk: DeskId) -> Center:
    """Put a center together."""
    return Center(
        database=database, card=card, desk=desk, sealer=ground.sealer, cabinet=ground.cabinet, now=ground.now,
        random=ground.random, places=ground.places, shipped=ground.calendar, pieces=ground.pieces,
        former=ground.former,
    )  # fmt: skip
