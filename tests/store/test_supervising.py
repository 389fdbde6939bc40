"""Cases under an order: entered when one is raised or issued, gone when nobody waits any more."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from mediator.core.records import CaseId
from mediator.store.supervising import cases_to_climb
from tests.store.vaults import a_case, a_vault, draft

ORDER = "0a" * 16
ADVICE = {"sort": "suggest", "rule": "D32", "text": "请主要负责人包案。"}


def test_a_case_is_listed_while_an_order_waits_for_an_answer_or_a_verdict(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    quiet, busy = (a_case(vault, CaseId(f"{number:032x}")) for number in (1, 2))
    assert vault.under_order() == ()
    vault.append([draft(busy, "supervision.raised", {"id": ORDER, "fields": ADVICE, "on": "2026-03-05"})])
    assert vault.under_order() == (busy,)
    vault.append([draft(quiet, "case.set", {"fields": {"title": "另一件"}})])
    assert vault.under_order() == (busy,)
    answer = {"answer": "已包案", "answered_on": "2026-03-06"}
    vault.append([draft(busy, "supervision.answered", {"id": ORDER, "fields": answer})])
    assert vault.under_order() == (busy,), "the county has not judged it"
    vault.append([draft(busy, "supervision.judged", {"id": ORDER, "fields": {"verdict": "accepted"}})])
    assert vault.under_order() == ()
    vault.close()


def test_an_order_about_a_day_that_no_longer_runs_waits_for_nobody(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    case = a_case(vault, CaseId(f"{1:032x}"))
    order = {"sort": "urge", "rule": "D03", "due": "2026-03-31", "text": "请办结"}
    vault.append([draft(case, "supervision.raised", {"id": ORDER, "fields": order, "on": "2026-03-05"})])
    assert vault.under_order() == ()
    vault.close()


def test_the_soonest_answer_stands_first_whatever_the_ids_of_the_cases(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    late, soon, unseen = (a_case(vault, CaseId(f"{number:032x}")) for number in (1, 2, 3))
    for case, on in ((late, "2026-03-06"), (soon, "2026-03-05")):
        vault.append([draft(case, "supervision.raised", {"id": ORDER, "fields": ADVICE, "on": on})])
    assert vault.under_order() == (soon, late)
    assert vault.under_order(1) == (soon,)
    vault.append([draft(unseen, "supervision.issued", {"id": ORDER, "fields": ADVICE})])
    assert vault.under_order(1) == (unseen,), "nobody here has noted it yet"
    until = date(2026, 3, 10)
    climbing = [
        vault.on_thread(partial(lambda day, ledger: cases_to_climb(ledger.connection, day, until), date(2026, 3, day)))
        for day in (19, 20, 21)
    ]
    assert climbing == [(unseen,), (soon, unseen), (late, soon, unseen)], "ten working days, then it is late"
    vault.close()
