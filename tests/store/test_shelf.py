"""What the exchange remembers: one frozen bundle, receipts that never go back, cursors; all in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as dbapi

from mediator.errors import Unacceptable, WorldFailed
from mediator.journal.entry import Entry, StreamId
from mediator.journal.port import Outgoing
from mediator.store.shelf import KEPT_RECEIPTS, ExchangeRow
from mediator.store.vault import Vault
from tests.journal.list_journal import Writer
from tests.store.vaults import GROUND, a_vault, opened, run_sql


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = a_vault(tmp_path / "v")
    yield made
    made.close()


def bundle(no: int, data: bytes = b"sealed") -> Outgoing:
    return Outgoing(f"{no:032x}", no, no - 1, no + 5, "cd" * 32, data)


def feed(*, name: str = "center") -> list[Entry]:
    writer = Writer(name)
    writer.write(StreamId("ab" * 16), "case.opened", {"fields": {"title": "来自县里"}})
    return [writer.journal.held[writer.desk, 1]]


def settle(vault: Vault, entries: list[Entry], **changes: object) -> None:
    usual = {"cursors": {"c": (1, 7)}, "receipt": b"receipt", "receipt_n": 3, "drop_outgoing": True}
    vault.shelf.settle(entries=entries, **(usual | changes))  # type: ignore[arg-type]  # a table of changes


def test_an_empty_shelf_has_nothing_and_counts_from_one(vault: Vault) -> None:
    shelf = vault.shelf
    assert (shelf.card(), shelf.enrolling(), shelf.receipt(), shelf.receipts()) == (None, None, None, [])
    assert (shelf.cursors(), shelf.outgoing(), shelf.exchanges(9), shelf.next_no()) == ({}, None, (), 1)


def test_card_and_request_are_kept_replaced_and_cleared(vault: Vault) -> None:
    shelf = vault.shelf
    for card in (b"one", b"two"):
        shelf.keep_card(card)
        shelf.remember_enrolling(card)
        assert (shelf.card(), shelf.enrolling()) == (card, card)
    shelf.remember_enrolling(None)
    assert (shelf.card(), shelf.enrolling()) == (b"two", None)


def test_one_bundle_is_frozen_at_a_time_and_its_number_is_never_used_again(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "w")
    for no in (1, 4, 2):
        vault.shelf.freeze(bundle(no))
        assert vault.shelf.outgoing() == bundle(no)
    assert vault.shelf.next_no() == 5
    vault.close()
    again = opened(tmp_path / "w")
    assert again.shelf.outgoing() == bundle(2)
    assert again.shelf.next_no() == 5
    again.close()


@pytest.mark.threat("T50")
def test_entries_cursors_receipt_and_bundle_move_together(vault: Vault) -> None:
    vault.shelf.freeze(bundle(1))
    settle(vault, feed(), drop_outgoing=False)
    assert vault.shelf.outgoing() == bundle(1)
    settle(vault, [], cursors={"c": (2, 1), "t:1": (1, 4)})
    assert vault.shelf.outgoing() is None
    assert vault.shelf.cursors() == {"c": (2, 1), "t:1": (1, 4)}
    assert vault.shelf.receipt() == b"receipt"
    assert vault.search("来自县里").total == 1


@pytest.mark.threat("T50")
@pytest.mark.parametrize("table", ["journal", "text", "case_row", "cursor", "receipt", "outgoing"])
def test_a_failure_anywhere_in_an_exchange_leaves_all_as_it_was(table: str, vault: Vault) -> None:
    vault.shelf.freeze(bundle(1))
    settle(vault, [], drop_outgoing=False, receipt=b"old", receipt_n=1)
    verb = "DELETE" if table == "outgoing" else "INSERT"
    run_sql(vault, f"CREATE TRIGGER stop BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'sabotage'); END")
    with pytest.raises(dbapi.DatabaseError, match="sabotage"):
        settle(vault, feed(), cursors={"c": (9, 9)})
    shelf = vault.shelf
    assert (shelf.outgoing(), shelf.receipts(), shelf.cursors()) == (bundle(1), [b"old"], {"c": (1, 7)})
    assert vault.search("来自县里").total == 0
    run_sql(vault, "DROP TRIGGER stop")
    settle(vault, feed(), cursors={"c": (9, 9)})
    assert (shelf.outgoing(), shelf.cursors(), vault.search("来自县里").total) == (None, {"c": (9, 9)}, 1)


def test_a_fork_in_an_exchange_moves_no_cursor(vault: Vault) -> None:
    settle(vault, feed())
    twin = Writer("center")
    twin.write(StreamId("ab" * 16), "case.opened", {"fields": {"title": "另一个"}})
    with pytest.raises(Unacceptable, match=r"entry\.fork"):
        settle(vault, [twin.journal.held[twin.desk, 1]], cursors={"c": (1, 99)})
    assert vault.shelf.cursors() == {"c": (1, 7)}


def test_the_highest_receipt_counts_and_the_last_fifty_are_kept(vault: Vault) -> None:
    for number in range(1, KEPT_RECEIPTS + 11):
        settle(vault, [], receipt=f"{number}".encode(), receipt_n=number)
    settle(vault, [], receipt=b"late", receipt_n=30)
    settle(vault, [], receipt=None)
    kept = vault.shelf.receipts()
    assert len(kept) == KEPT_RECEIPTS
    assert vault.shelf.receipt() == kept[0] == str(KEPT_RECEIPTS + 10).encode()
    assert kept.index(b"late") == kept.index(b"30") - 1


def test_the_history_shows_the_newest_first(vault: Vault) -> None:
    vault.shelf.note_exchange("network", sent=3, received=4)
    vault.shelf.note_exchange("stick", sent=0, received=0, code="stick.gone")
    at = GROUND.now()
    assert vault.shelf.exchanges(9) == (
        ExchangeRow(at, "stick", 0, 0, "stick.gone"), ExchangeRow(at, "network", 3, 4, "")
    )  # fmt: skip
    assert len(vault.shelf.exchanges(1)) == 1


def test_two_exchanges_at_once_are_one_and_the_second_says_so(vault: Vault) -> None:
    """A timer and a hand, or network and stick (row 7)."""
    with vault.shelf.talking():
        with pytest.raises(WorldFailed, match=r"sync\.running"), vault.shelf.talking():
            pytest.fail("a second exchange began")
        assert vault.shelf.outgoing() is None
    with suppress(RuntimeError), vault.shelf.talking():
        raise RuntimeError
    with vault.shelf.talking():
        assert vault.shelf.next_no() == 1


def test_a_hundred_bundles_frozen_for_exchanges_that_broke_off_take_the_room_of_one(vault: Vault) -> None:
    def pages() -> int:
        return int(
            vault.on_thread(
                lambda ledger: sum(
                    sign * ledger.connection.execute(f"PRAGMA {name}").fetchone()[0]
                    for name, sign in (("page_count", 1), ("freelist_count", -1))
                )
            )
        )

    vault.shelf.freeze(bundle(1, b"a" * 300_000))
    one = pages()
    for no in range(2, 102):
        vault.shelf.freeze(bundle(no, bytes((no,)) * 300_000))
    assert abs(pages() - one) <= 1
    kept = vault.shelf.outgoing()
    assert kept
    assert kept.no == 101
