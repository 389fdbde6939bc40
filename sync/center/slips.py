"""A receipt as a slip of paper, for a room whose stick does not come back (FORMATS, `R1`)."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mediator.errors import RefusedByRule
from mediator.journal.entry import DeskId
from sync.center.accounts import Session
from sync.center.county import Center, moment_of
from sync.center.deeds import Result
from sync.center.hands import Hands
from sync.center.judging import STANDINGS
from sync.center.pages import Pages
from sync.center.receipts import newest
from sync.center.roles import Right
from sync.center.tables import DESK
from sync.wire.receipt import read_receipt
from sync.wire.slip import slip_bytes, slip_text, typed_groups

GROUPS_A_LINE = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """What the slip says: whose it is, number of the receipt, up to which entry, the code, and the same to be typed."""

    seat: str
    label: str
    no: int
    n: int
    made: int
    text: str
    groups: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The groups as they are printed."""
        starts = range(0, len(self.groups), GROUPS_A_LINE)
        return tuple("  ".join(self.groups[at : at + GROUPS_A_LINE]) for at in starts)


def slip_of(center: Center, ref: str) -> Paper:
    """The slip of a desk's newest receipt, by its id or seat; made from what is committed.

    Raises RefusedByRule `desk.unknown`, `slip.none` when this life of the center has given no receipt.
    """
    with center.database.reading() as scope:
        own = select(DESK).where(or_(DESK.c.desk == ref, DESK.c.seat == ref), DESK.c.state.in_(sorted(STANDINGS)))
        desk = scope.one(own)
        if desk is None:
            raise RefusedByRule("desk.unknown")
        kept = newest(center, scope, DeskId(desk.desk))
    if kept is None:
        raise RefusedByRule("slip.none")
    receipt = read_receipt(kept, center.sealer.sign_public, center.sealer)
    data = slip_bytes(receipt, center.sealer)
    return Paper(desk.seat, desk.label, receipt.no, receipt.n, receipt.w, slip_text(data), typed_groups(data))


def slip(center: Center, options: Namespace) -> Result:
    """The command: the code and the groups, to be printed or read out."""
    made = slip_of(center, options.desk)
    head = f"座号{made.seat}：收据第{made.no}号，收到第{made.n}条以前的全部内容。"
    document: dict[str, object] = {
        "seat": made.seat, "receipt": made.no, "n": made.n, "text": made.text, "groups": list(made.groups),
    }  # fmt: skip
    return document, (head, made.text, *made.lines), 0


@dataclass(frozen=True, slots=True)
class SlipPages:
    """The slip as a page to be printed, or held before a scanner."""

    pages: Pages
    hands: Hands

    def routes(self) -> list[Route]:
        """One page a computer."""
        return [Route("/devices/{desk}/slip", self.pages.inside(self.slip, Right.DEVICES), methods=["GET"])]

    async def slip(self, request: Request, session: Session) -> Response:
        """Code, groups, and what they confirm."""
        made = await run_in_threadpool(slip_of, self.pages.center, request.path_params["desk"])
        facts: dict[str, Any] = {
            "made": made, "at": moment_of(made.made), "picture": self.hands.picture(made.text),
            "desk": request.path_params["desk"],
        }  # fmt: skip
        return self.pages.html("slip", session, **facts)
