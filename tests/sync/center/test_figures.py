"""The same figures at the room and at the county once both hold the same entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event, select, update

from mediator.casework import importing, opening, performing
from mediator.core.facts import CaseFacts
from mediator.core.indicators import all_figures
from mediator.core.money import Fen
from mediator.core.records import CaseId
from mediator.core.spans import Span
from mediator.crypto.columns import Columns
from mediator.errors import Unacceptable
from mediator.journal.entry import StreamId
from mediator.journal.reach import Reach
from mediator.store import figures as room
from mediator.store.vault import Vault
from sync.center import figures as county
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.judging import unfolded
from sync.center.keeping import Keeper
from sync.center.tables import CASE_ROW, FACT_ROW
from tests.casework.desks import a_desk, case_of, encoded, sample, sample_names
from tests.store.vaults import a_vault
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.world import NEIGHBOR, TOWNSHIP, Desk, a_laptop

EVER = Span(date(1990, 1, 1), date(2030, 12, 31), date(2026, 3, 9))
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 9))
KINDS, STATES = ("people_mediation", "petition", "work_order"), ("accepted", "withdrawn", "not_agreed", "closed")


def written(random: Random, desk: Desk, case: str) -> None:
    """Something happens in a case: a field, a move, an order, an answer, a visit."""
    stream, ident = StreamId(case), f"{random.getrandbits(128):032x}"
    day = f"2026-03-{random.randrange(1, 31):02d}"
    deeds: tuple[tuple[str, dict[str, object]], ...] = (
        ("case.set", {"fields": {"kind": random.choice(KINDS), "accepted_on": day, "dispute_type": "借款纠纷"}}),
        ("case.set", {"fields": {"category": random.choice(("red", "blue")), "people": random.randrange(9)}}),
        ("case.moved", {"to": random.choice(STATES), "from": "registered"}),
        ("supervision.raised", {"id": ident, "fields": {"sort": "urge", "rule": "D03", "text": "请抓紧"}}),
        ("satisfaction.recorded", {"id": ident, "fields": {"asked_on": day, "about": "body", "answer": "satisfied"}}),
        ("event.recorded", {"id": ident, "fields": {"event": "reception.friday", "on": day, "by": "王镇长"}}),
        ("follow_up.recorded", {"id": ident, "fields": {"visited_on": day}}),
    )
    kind, body = random.choice(deeds)
    desk.writer.write(stream, kind, body)


def taken_over(vault: Vault, desks: list[Desk]) -> None:
    """A vault that holds what these desks of a room hold."""
    for desk in desks:
        vault.absorb([each for each in desk.journal.held.values() if each.reach is Reach.COUNTY])


@pytest.mark.parametrize("seed", range(2))
def test_after_an_exchange_every_figure_of_the_room_is_the_countys(center: Center, tmp_path: Path, seed: int) -> None:
    random, vault = Random(seed), a_vault(tmp_path / "v")
    ours = [a_laptop(random, center, f"d{seed}-{n}") for n in range(2)]
    stranger = a_laptop(random, center, "neighbor", township=NEIGHBOR)
    for number in range(12):
        desk = random.choice([*ours, stranger])
        place = number + 100 * (desk is stranger)
        tell(desk, 1, case=f"{place:032x}")
        for _ in range(8):
            written(random, desk, f"{place:032x}")
    for desk in (*ours, stranger):
        by_network(center, desk)
    assert fold_dirty(center) == 0
    taken_over(vault, ours)
    for span in (EVER, MARCH):
        held = county.facts(center, span, township=TOWNSHIP)
        assert held == room.facts(vault, span)
        assert all_figures(held, span) == all_figures(room.facts(vault, span), span)
        assert len(county.facts(center, span)) > len(held) > 0
    vault.close()


def test_a_turn_of_a_hearing_moves_no_figure_and_writes_none(center: Center) -> None:
    desk = a_laptop(Random(1), center, "desk-one")
    tell(desk, 1)
    by_network(center, desk)
    assert fold_dirty(center) == 0
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(center.database.engine, "before_cursor_execute", hear)
    deeds: tuple[tuple[Callable[[], None], bool], ...] = (
        (lambda: tell(desk, 2), False), (lambda: written(Random(1), desk, CASE), True),
    )  # fmt: skip
    for write, changed in deeds:
        asked.clear()
        write()
        by_network(center, desk)
        assert fold_dirty(center) == 0
        assert any(each.startswith("INSERT INTO fact_row") for each in asked) is changed
        assert any(each.startswith("INSERT INTO sum_row") for each in asked) is changed


@contextmanager
def samples(folder: Path) -> Iterator[tuple[Vault, list[CaseId]]]:
    """A desk with the shipped cases, something paid in each."""
    desk = a_desk(folder)
    try:
        files = (importing.import_file(desk, encoded(sample(name))) for name in sample_names())
        ids = [case.id for file in files for case in file.cases]
        for case_id in ids:
            agreement = case_of(desk, case_id).agreement
            for each in agreement.obligations[:1] if agreement else ():
                paid = each.amount or Fen(0)
                performing.record_payment(desk, case_id, each.id, amount=paid, paid_on=date(2026, 3, 2))
        yield desk.vault, ids
    finally:
        opening.lock(desk)


def test_whole_cases_with_agreements_and_payments_count_alike(center: Center, tmp_path: Path) -> None:
    with samples(tmp_path / "desk") as (vault, ids):
        entries = vault.since(vault.desk, 0, 10_000)
        Keeper(center).absorb([each for each in entries if each.reach is Reach.COUNTY])
        center.database.write(
            lambda scope: scope.add(CASE_ROW, [unfolded(StreamId(each), TOWNSHIP, "") for each in ids])
        )
        assert fold_dirty(center) == 0
        held = county.facts(center, EVER)
        assert held == room.facts(vault, EVER)
    assert sum(len(each.duties) for each in held) > 1


def test_no_word_lies_open_and_a_changed_row_is_never_left_out_of_a_figure(center: Center) -> None:
    center = replace(center, cabinet=Columns(bytes(32), owner="c" * 32))
    desk = a_laptop(Random(1), center, "desk-one")
    tell(desk, 1, case="ab" * 16)
    by_network(center, desk)
    fold_dirty(center)
    with center.database.reading() as scope:
        [row] = scope.rows(select(FACT_ROW))
    assert b"people_mediation" not in row.body
    assert isinstance(county.facts(center, EVER)[0], CaseFacts)
    spoil = update(FACT_ROW).values(body=row.body[:-1] + bytes([row.body[-1] ^ 1]))
    center.database.write(lambda scope: scope.change(spoil))
    with pytest.raises(Unacceptable):
        county.facts(center, EVER)
