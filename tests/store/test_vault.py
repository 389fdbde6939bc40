"""An open vault: who is at it, what it tells, and that nothing of its keys remains once it is closed."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from mediator.core.records import CaseId
from mediator.errors import NoAccess, RefusedByRule
from mediator.journal.entry import NO_HASH, DeskId, Entry
from mediator.store.appending import Changes
from mediator.store.beginning import DATABASE, OURS, beginning, exists
from mediator.store.checking import check
from mediator.store.head import NAME
from mediator.store.locking import HOLDER
from mediator.store.opening import PAGE
from tests.journal.list_journal import Writer
from tests.store.vaults import (
    CASE,
    CLOCK,
    GROUND,
    NEW,
    a_case,
    a_vault,
    closed,
    damaged,
    draft,
    fingerprint,
    founded,
    opened,
    run_sql,
)


@pytest.mark.threat("T15")
def test_neither_a_key_nor_the_recovery_code_ever_shows_itself(tmp_path: Path) -> None:
    made = founded(tmp_path / "v")
    vault = made.vault
    shown = "".join(map(repr, (made, vault, vault.keys, vault.desk_keys, vault.sealer(), vault.shelf)))
    secrets = (vault.keys.db, vault.keys.rowmac, vault.keys.keyfile, vault.keys.index, vault.desk_keys.to_secret())
    assert made.recovery_code not in shown
    for secret in secrets:
        assert bytes(secret).hex()[:16] not in shown
        assert repr(bytes(secret))[2:10] not in shown
    vault.close()


@pytest.mark.threat("T03")
def test_closing_overwrites_the_keys_and_nothing_can_be_asked_any_more(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    keys = (vault.keys.db, vault.keys.rowmac, vault.keys.keyfile, vault.keys.index)
    assert all(any(key) for key in keys)
    vault.close()
    vault.close()
    assert not any(any(key) for key in keys)
    for asked in (vault.entry_count, lambda: vault.case(CASE), lambda: vault.append([]), lambda: vault.setting("x")):
        with pytest.raises(NoAccess, match=r"vault\.closed"):
            asked()


def test_a_refused_opening_leaves_no_lock_and_no_key(tmp_path: Path) -> None:
    folder = damaged(closed(tmp_path / "v"), 700)
    for _ in range(3):
        with pytest.raises(NoAccess, match=r"vault\.wrong_key"):
            opened(folder)


def test_a_damaged_vault_is_closed_and_let_go_like_any_other(tmp_path: Path) -> None:
    folder = closed(tmp_path / "v", cases=3)
    vault = opened(folder)
    a_case(vault)
    with (folder / DATABASE).open("r+b") as file:
        file.truncate(PAGE)
    vault.close()
    with pytest.raises(Exception, match=r"vault\."):
        opened(folder)


def test_the_folder_holds_the_named_files_and_no_others(tmp_path: Path) -> None:
    folder = closed(tmp_path / "v")
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(["lock", DATABASE, NAME, "vault.keys", "vault.keys.bak"])
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir() if path.name != "lock")
    vault = opened(folder)
    a_case(vault)
    assert {path.name for path in folder.iterdir()} - set(names) == {
        f"{DATABASE}-wal", f"{DATABASE}-shm", HOLDER,
    }  # fmt: skip
    vault.close()
    assert sorted(path.name for path in folder.iterdir()) == names


def test_who_is_at_the_vault_and_in_which_room_is_remembered(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    assert (vault.user.login, vault.user.name, len(vault.user.id)) == ("li", NEW.name, 32)
    assert (vault.room.organization, vault.room.division, vault.room.seat) == (NEW.organization, NEW.division, "")
    vault.keep_setting("seat", "7K")
    vault.keep_setting("room_short", "缙壶")
    assert (vault.room.seat, vault.room.short, vault.setting("nothing")) == ("7K", "缙壶", None)
    run_sql(vault, "DELETE FROM setting WHERE name IN ('user:li', 'name:li')")
    vault.close()
    vault = opened(tmp_path / "v")
    assert (vault.user.id, vault.user.name) == ("", "li")
    assert (vault.today(), vault.calendar) == (date(2026, 3, 9), GROUND.calendar)
    assert len(vault.id) == 32
    vault.close()


def test_issued_papers_are_told_with_their_case(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    a_case(vault)
    data = b"paper"
    body: dict[str, object] = {
        "id": "cd" * 16, "kind": "agreement", "number": "1", "title": "调解协议书", "pages": 1,
        "files": [{"format": "pdf", "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}],
    }  # fmt: skip
    vault.append([draft(CASE, "document.issued", body)], papers={hashlib.sha256(data).hexdigest(): data})
    [(case, entry)] = vault.issued()
    assert (case, entry.content()) == (CASE, body)
    assert check(vault, full=True).ok
    vault.close()


def test_listeners_hear_of_a_change_once_it_is_durable(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    told: list[tuple[Changes, int]] = []
    vault.subscribe(lambda changes: told.append((changes, vault.entry_count())))
    a_case(vault)
    other = Writer("other")
    entry: Entry = other.write(draft(CASE, "case.set", {}).stream, "case.set", {"fields": {"facts": "别处"}})
    vault.absorb([entry])
    assert [(each.cases, each.entries, count) for each, count in told] == [
        (frozenset({CASE}), ((vault.desk, 2),), 2), (frozenset({CASE}), (), 3)
    ]  # fmt: skip
    assert {each.saved_at for each, _ in told} == {GROUND.now()}
    vault.close()


def test_time_that_runs_backwards_changes_no_order(tmp_path: Path) -> None:
    vault, start = a_vault(tmp_path / "v"), CLOCK.moment
    for hours in (5, -90, 3):
        CLOCK.move(hours=hours)
        vault.append([draft(CASE, "case.opened", {"fields": {"title": f"{hours}"}}, dict(vault.case(CASE).seen))])
    CLOCK.moment = start
    assert vault.case(CASE).case.title == "3"
    assert [entry.n for entry in vault.since(vault.desk, 1, 9)] == [2, 3, 4]
    assert vault.top(DeskId("00" * 16)) == (0, NO_HASH)
    vault.close()


@pytest.mark.threat("T24")
def test_a_beginning_never_touches_a_vault_nor_what_else_lies_in_the_folder(tmp_path: Path) -> None:
    folder = closed(tmp_path / "v")
    before = fingerprint(folder)
    with pytest.raises(RefusedByRule, match=r"vault\.exists"), beginning(folder):
        pass
    with pytest.raises(RefusedByRule, match=r"vault\.exists"):
        a_vault(folder)
    assert fingerprint(folder) == before
    place = tmp_path / "other"
    place.mkdir()
    (place / "vault.docx").write_text("a clerk's own file")
    (place / f"{DATABASE}-wal").write_bytes(b"left over")
    vault = a_vault(place)
    assert (place / "vault.docx").read_text() == "a clerk's own file"
    a_case(vault, CaseId("01" * 16))
    vault.close()
    assert exists(place)
    assert "vault.docx" not in {path.name for name in OURS for path in place.glob(name)}
