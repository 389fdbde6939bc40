"""Kinds of entries: each has a rule, a way to fold, one reach; and the table only ever grows."""

from __future__ import annotations

import pytest

from mediator.journal.checks import FIELDS, is_day, is_day_or_empty, is_files, is_money
from mediator.journal.content import is_content
from mediator.journal.kinds import KINDS, reach_of, rule_of, version_of
from mediator.journal.reach import Reach
from mediator.journal.steps import FOLDS

# What vaults already hold. A kind may be added; one that is here is never redefined and never leaves.
HELD = [
    "case.opened",
    "case.set",
    "case.moved",
    "case.numbered",
    "case.imported",
    "party.added",
    "party.set",
    "party.left",
    "hearing.opened",
    "hearing.set",
    "hearing.sentence",
    "hearing.corrected",
    "hearing.closed",
    "agreement.set",
    "clause.added",
    "clause.set",
    "clause.removed",
    "agreement.order",
    "obligation.added",
    "obligation.set",
    "obligation.removed",
    "agreement.signed",
    "payment.recorded",
    "payment.voided",
    "follow_up.recorded",
    "document.issued",
    "evidence.attached",
    "evidence.removed",
    "dossier.excused",
    "dossier.filed",
    "conflict.resolved",
    "note.private",
    "desk.opened",
    "desk.succeeds",
    "desk.enrolled",
    "order.issued",
    "numbers.granted",
    "numbers.closed",
    "form.added",
    "form.set",
    "form.removed",
    "template.proposed",
    "template.approved",
    "template.withdrawn",
    "character.pictured",
    "link.added",
    "link.removed",
    "event.recorded",
    "event.voided",
    "period.changed",
    "period.voided",
    "supervision.raised",
    "supervision.issued",
    "supervision.received",
    "supervision.answered",
    "supervision.judged",
    "satisfaction.recorded",
    "satisfaction.voided",
    "amendment.recorded",
    "amendment.voided",
    "likeness.judged",
    "finding.passed",
    "table.published",
    "hearing.marked",
    "hearing.read",
    "hearing.signed",
    "recording.agreed",
    "recording.withdrawn",
    "recording.begun",
    "recording.keyed",
    "recording.ended",
    "case.granted",
    "case.released",
    "entry.erased",
    "case.erased",
    "erasure.done",
    "township.key",
]


def test_no_kind_that_was_ever_written_is_forgotten() -> None:
    assert set(HELD) <= set(KINDS)


def test_only_notes_keys_reasons_templates_erasures_desks_and_blocks_of_numbers_change_no_case() -> None:
    still = {kind for kind in KINDS if kind not in FOLDS}
    assert set(FOLDS) < set(KINDS)
    assert {kind for kind in still if not kind.startswith(("desk.", "numbers."))} == {
        "case.imported",  # folds by the kinds of its facts
        "note.private",
        "entry.erased",  # what an erasure takes, it takes from where it is kept
        "case.erased",
        "erasure.done",
        "recording.keyed",
        "conflict.resolved",
        "template.proposed",
        "template.approved",
        "template.withdrawn",
        "template.issued",
        "template.recalled",
        "table.published",
        "township.key",
    }


@pytest.mark.threat("T05")
@pytest.mark.parametrize(
    ("kind", "reach"),
    [
        ("case.set", Reach.COUNTY), ("hearing.sentence", Reach.COUNTY), ("note.private", Reach.PRIVATE),
        ("access.case_opened", Reach.ROOM), ("audit.login", Reach.ROOM), ("desk.opened", Reach.ROOM),
        ("recording.begun", Reach.COUNTY), ("recording.keyed", Reach.ROOM),
    ],
)  # fmt: skip
def test_how_far_a_kind_goes_is_fixed(kind: str, reach: Reach) -> None:
    assert reach_of(kind) is reach


def test_an_unknown_kind_has_no_rule_and_is_not_written() -> None:
    assert rule_of("weather.noted") is None
    assert version_of("weather.noted") == 1
    with pytest.raises(KeyError):
        reach_of("weather.noted")


def test_what_is_the_countys_is_not_a_laptops() -> None:
    center = {kind for kind, rule in KINDS.items() if rule.owner == "center"}
    assert {"desk.enrolled", "order.issued", "numbers.granted", "numbers.closed"} <= center
    assert not center & {"case.set", "agreement.signed", "desk.succeeds"}


@pytest.mark.parametrize("kind", [kind for kind, rule in KINDS.items() if rule.entity])
def test_a_field_of_a_newer_program_is_no_fault_and_one_of_another_type_is(kind: str) -> None:
    rule = KINDS[kind]
    good: dict[str, object] = {
        "obligation": "d1" * 16,
        "amount": 5,
        "paid_on": "2026-03-05",
        "visited_on": "2026-03-05",
        "paper": "hearing_notice",
        "sha256": "ab" * 32,
        "title": "照片",
        "place": "evidence",
        "pages": 1,
        "size": 9,
        "other": "d2" * 16,
        "reason": "handed_on",
        "role": "origin",
        "event": "delivered",
        "on": "2026-03-05",
        "rule": "D11",
        "step": "extended",
        "sort": "urge",
        "text": "请按期办结",
        "answer": "已办结",
        "answered_on": "2026-03-05",
        "verdict": "accepted",
        "asked_on": "2026-03-05",
        "about": "body",
        "likeness": "person",
        "same": True,
    }
    fields = {name: good[name] for name in rule.filled}
    body: dict[str, object] = {"id": "a1" * 16, "fields": {**fields, "telegraph": [1]}, "later": {}}
    assert rule.fault(body) == ""
    for name in FIELDS[rule.entity]:
        assert rule.fault({**body, "fields": {**fields, name: {}}}) == f"entry.field.{name}"


@pytest.mark.parametrize(
    ("value", "day", "clearing"),
    [
        ("2026-03-05", True, True), ("", False, True), ("2026-02-30", False, False), ("20260305", False, False),
        ("2026-W10-4", False, False), (20260305, False, False), (None, False, False),
    ],
)  # fmt: skip
def test_a_day_has_one_form(value: object, day: bool, clearing: bool) -> None:
    assert (is_day(value), is_day_or_empty(value)) == (day, clearing)


@pytest.mark.parametrize(
    ("value", "money"), [(0, True), (10**15 - 1, True), (10**15, False), (-1, False), (True, False)]
)
def test_money_is_what_can_be_written_in_words(value: object, money: bool) -> None:
    assert is_money(value) is money


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ([], True), ([{"format": "pdf", "sha256": "ab", "size": 1, "later": 1}], True), ([{"format": "pdf"}], False),
        ([{"format": "pdf", "sha256": "ab", "size": True}], False), ({}, False), (["a"], False),
    ],
)  # fmt: skip
def test_issued_files_say_format_hash_and_size(value: object, good: bool) -> None:
    assert is_files(value) is good


@pytest.mark.parametrize(
    ("change", "good"),
    [
        ({}, True), ({"later": 1}, True), ({"clauses": [{"id": "c1" * 16, "text": "付款", "no": "一"}]}, True),
        ({"obligations": [{"id": "d1" * 16, "amount": 5}]}, True), ({"clauses": [{"id": "c1"}]}, False),
        ({"clauses": {}}, False), ({"obligations": ["x"]}, False),
        ({"obligations": [{"id": "d1" * 16, "amount": -5}]}, False),
        ({"fields": []}, False), ({"fields": {"copies": "三"}}, False),
    ],
)  # fmt: skip
def test_frozen_content_has_the_shape_of_an_agreement(change: dict[str, object], good: bool) -> None:
    assert is_content({"fields": {"form": "written"}, "clauses": [], "obligations": [], **change}) is good


GRANTED: dict[str, object] = {"desk": "a1" * 16, "kind": "民调", "year": 2026, "room": "缙壶", "from": 1, "to": 200}
ENROLLED: dict[str, object] = {
    "desk": "a1" * 16, "sign": "ab" * 32, "seal": "", "township": "331122101", "room": "缙壶", "seat": "7K",
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "change", "fault"),
    [
        ("numbers.granted", {}, ""), ("numbers.granted", {"later": 1}, ""), ("numbers.granted", {"desk": "x"}, "desk"),
        ("numbers.granted", {"from": 0}, "to"), ("numbers.granted", {"from": 201}, "to"),
        ("numbers.granted", {"to": 10**9}, "to"), ("numbers.granted", {"year": "2026"}, "year"),
        ("numbers.granted", {"from": True}, "from"), ("numbers.granted", {"kind": 1}, "kind"),
        ("numbers.closed", {"from": 200}, ""), ("numbers.closed", {"room": None}, "room"),
        ("desk.enrolled", {}, ""), ("desk.enrolled", {"sign": "ab" * 31}, "sign"),
        ("desk.enrolled", {"seat": 7}, "seat"),
        ("desk.enrolled", {"sign": "AB" * 32}, "sign"), ("desk.enrolled", {"township": None}, "township"),
        ("desk.revoked", {"no": 1}, ""), ("desk.revoked", {"no": "1"}, "no"),
        ("desk.revoked", {"no": 1, "desk": ""}, "desk"),
    ],
)  # fmt: skip
def test_a_county_s_word_with_a_bad_body_is_set_aside(kind: str, change: dict[str, object], fault: str) -> None:
    body = (GRANTED if kind.startswith("numbers.") else ENROLLED) | change
    assert KINDS[kind].fault(body) == (f"entry.body.{fault}" if fault else "")


A, B = "a1" * 16, "b2" * 16


@pytest.mark.parametrize(
    ("targets", "good"),
    [
        ([[A, [1]]], True), ([[A, [1, 7]], [B, [2]]], True), ([], False), ([[A, []]], False), ([[A, [7, 1]]], False),
        ([[A, [1, 1]]], False), ([[A, [0]]], False), ([[A, [True]]], False), ([[B, [1]], [A, [1]]], False),
        ([[A, [1]], [A, [2]]], False), ([["x", [1]]], False), ([[A, list(range(1, 20_001))]], True),
        ([[A, list(range(1, 20_002))]], False), ({}, False), ([A], False),
    ],
)  # fmt: skip
def test_an_erasure_names_each_entry_once_and_in_order(targets: object, good: bool) -> None:
    body = {"targets": targets, "ground": "pipl47.3", "decided_by": ["li", "wang"]}
    assert KINDS["entry.erased"].fault(body) == ("" if good else "entry.body.targets")


@pytest.mark.threat("T68")
@pytest.mark.parametrize(
    "decided", [["li"], ["li", "li"], ["li", ""], ["li", "wang", "he"], "liwang", [["li"], "wang"]]
)
@pytest.mark.parametrize("kind", ["entry.erased", "case.erased"])
def test_two_different_persons_decide_an_erasure(kind: str, decided: object) -> None:
    body = {"targets": [[A, [1]]], "ground": "pipl47.2", "decided_by": decided}
    assert KINDS[kind].fault(body) == "entry.body.decided_by"
    assert KINDS[kind].fault({**body, "decided_by": ["li", "wang"]}) == ""
