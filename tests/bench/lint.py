"""How long the lint takes while somebody types: all forty-two rules over an agreement that is far longer than usual."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from mediator.core.lint import check_agreement
from mediator.core.money import Fen
from mediator.core.records import Case, ClauseId, ObligationId
from tests.bench.measures import Measured, timed
from tests.core.lint_cases import SIGNED, whole

CLAUSES, OBLIGATIONS = 40, 200


def long_agreement() -> Case:
    """Forty clauses and two hundred instalments, most of which disagree with the clauses."""
    case = whole()
    agreement = case.agreement
    assert agreement is not None
    clauses = tuple(
        replace(each, id=ClauseId(f"{n:032x}"), text=each.text.replace("3,090", f"{n + 1},090"))
        for n, each in enumerate(agreement.clauses * (CLAUSES // len(agreement.clauses)))
    )
    owed = agreement.obligations[0]
    obligations = tuple(
        replace(owed, id=ObligationId(f"{n:032x}"), amount=Fen(100_000 + n), due_on=SIGNED + timedelta(days=n))
        for n in range(OBLIGATIONS)
    )
    return replace(case, agreement=replace(agreement, clauses=clauses, obligations=obligations))


def linting(_folder: Path) -> Iterator[Measured]:
    """The first reading loads tables of readings and variants; what counts while typing is every further one."""
    case = long_agreement()
    check_agreement(case, today=SIGNED)
    best = min(timed(lambda: check_agreement(case, today=SIGNED)) for _ in range(5))
    yield Measured("四十条、二百笔的协议全部检查", best * 1000, "ms", 50)


LINT: Final[tuple[Callable[[Path], Iterator[Measured]], ...]] = (linting,)
