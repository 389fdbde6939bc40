"""One thread owns the connection: work is done there in order, its errors come back, and after closing none begins."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as dbapi

from mediator.errors import NoAccess, Unacceptable
from mediator.store.thread import OwnerThread
from tests.store.vaults import CASE, a_case, a_vault, draft


def test_all_work_is_done_on_one_thread_also_work_asked_for_by_work() -> None:
    owner = OwnerThread()
    names = {owner.run(threading.get_ident) for _ in range(3)}
    assert owner.run(lambda: owner.run(threading.get_ident)) in names
    assert len(names) == 1
    assert threading.get_ident() not in names
    owner.close()


def test_what_goes_wrong_there_comes_back_here_in_our_words() -> None:
    def damaged() -> None:
        error = dbapi.DatabaseError("malformed")
        error.sqlite_errorcode = 11
        raise error

    owner = OwnerThread()
    with pytest.raises(Unacceptable, match=r"vault\.damaged"):
        owner.run(damaged)
    with pytest.raises(ZeroDivisionError):
        owner.run(lambda: 1 // 0)
    owner.close()


def test_after_closing_nothing_begins_and_what_ran_has_ended() -> None:
    owner, begun, gate, done = OwnerThread(), threading.Event(), threading.Event(), list[str]()

    def work() -> None:
        begun.set()
        gate.wait(10)
        done.append("done")

    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(owner.run, work)
        assert begun.wait(10)
        closing = pool.submit(owner.close)
        gate.set()
        closing.result(10)
        assert done == ["done"]
        running.result(10)
    assert done == ["done"]
    with pytest.raises(NoAccess, match=r"vault\.closed"):
        owner.run(lambda: None)
    owner.close()


def test_many_threads_write_at_once_and_no_number_is_lost_or_given_twice(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    a_case(vault)
    with ThreadPoolExecutor(8) as pool:
        kept = list(
            pool.map(lambda n: vault.append([draft(CASE, "case.set", {"fields": {"facts": f"{n}"}})]), range(64))
        )
    assert sorted(n for changes in kept for _, n in changes.entries) == list(range(3, 67))
    assert vault.top(vault.desk)[0] == 66
    vault.close()
