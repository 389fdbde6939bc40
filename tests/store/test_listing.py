"""The list: windows, orders, states; a case by its id, its number or an older number."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId
from mediator.store.listing import ORDERS, CaseRow, RowQuery
from mediator.store.vault import Vault
from tests.store.vaults import CLOCK, a_case, a_vault, draft, run_sql

STATES = (
    CaseStatus.REGISTERED, CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION, CaseStatus.AGREED, CaseStatus.CLOSED
)  # fmt: skip
MANY = 23


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """Twenty-three cases in five states."""
    made, start = a_vault(tmp_path_factory.mktemp("list") / "v"), CLOCK.moment
    for number in range(MANY):
        case = a_case(made, CaseId(f"{number * 7 % MANY + 1:032x}"), title=f"案{number % 4}", dispute_type="contract")
        drafts = [draft(case, "case.numbered", {"number": f"（2026）调字第{number:04d}号", "alias": f"旧{number}"})]
        drafts += (
            [draft(case, "case.moved", {"to": STATES[number % 5].value, "from": "registered"})] if number % 5 else []
        )
        made.append(drafts)
        CLOCK.move(minutes=1)
    CLOCK.moment = start
    yield made
    made.close()


def key_of(order: str, row: CaseRow) -> tuple[object, ...]:
    """What an order sorts by, said a second time."""
    keys: dict[str, tuple[object, ...]] = {
        "updated": (-row.updated,), "opened": (-row.opened,), "number": (row.number,), "title": (row.title,),
        "status": (row.status.value, -row.updated), "due": (row.next_due == "", row.next_due),
    }  # fmt: skip
    return (*keys[order], row.id)


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_is_whole_and_the_same_every_time(order: str, vault: Vault) -> None:
    rows = vault.rows(RowQuery(order=order, limit=1000))
    assert len({row.id for row in rows}) == MANY
    assert all(key_of(order, one) < key_of(order, other) for one, other in pairwise(rows))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.sampled_from(sorted(ORDERS)), offset=st.integers(0, 30), limit=st.integers(0, 30),
    states=st.lists(st.sampled_from(STATES), unique=True),
)  # fmt: skip
def test_a_window_is_a_piece_of_the_whole_list(
    order: str, offset: int, limit: int, states: list[CaseStatus], vault: Vault
) -> None:
    everything = vault.rows(RowQuery(order=order, limit=1000))
    wanted = [row for row in everything if not states or row.status in states]
    query = RowQuery(statuses=tuple(states), order=order, offset=offset, limit=limit)
    assert list(vault.rows(query)) == wanted[offset : offset + limit]
    assert vault.count(query) == len(wanted)


def test_a_case_is_found_by_each_name_it_ever_had(vault: Vault) -> None:
    case = CaseId(f"{8:032x}")
    for ref in (case, "（2026）调字第0001号", "旧1"):
        assert vault.find_case(ref) == case
    for ref in ("", "旧", "旧%", "（2026）调字第9999号", "' OR 1=1 --"):
        assert vault.find_case(ref) is None


def test_a_row_masks_names_and_a_state_of_a_newer_program_is_shown_as_registered(tmp_path: Path) -> None:
    made = a_vault(tmp_path / "v")
    case = a_case(made, accepted_on="2026-03-01")
    made.append([draft(case, "case.moved", {"to": "accepted", "from": "registered"})])
    made.append([draft(case, "party.added", {"id": "cd" * 16, "fields": {"name": "欧阳锦华", "side": "applicant"}})])
    [row] = made.rows(RowQuery())
    assert "锦华" not in row.parties
    assert row.parties.startswith("欧阳")
    assert (row.accepted_on, row.conflicts, row.waiting, row.doubt) == ("2026-03-01", 0, 0, False)
    assert row.next_due > row.accepted_on
    run_sql(made, "UPDATE case_row SET status = 'of_next_year'")
    assert made.rows(RowQuery())[0].status is CaseStatus.REGISTERED
    made.close()
