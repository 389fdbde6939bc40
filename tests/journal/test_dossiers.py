"""What the journal keeps of a dossier: scans in order and out again, the newest reason, every binding."""

from __future__ import annotations

from tests.journal.list_journal import Writer
from tests.journal.test_records import CASE, Body, desks, record

SCAN, OTHER = "e1" * 16, "e2" * 16


def attached(writer: Writer, key: str, **changes: object) -> None:
    fields: Body = {"title": "照片", "place": "evidence", "sha256": "ab" * 32, "pages": 2, "size": 900, **changes}
    writer.write(CASE, "evidence.attached", {"id": key, "fields": fields}, wall=1764057600000)


def test_scans_stand_in_order_of_attaching_until_they_are_taken_out() -> None:
    one, _ = desks()
    attached(one, SCAN)
    attached(one, OTHER, title="收条", place="receipt")
    first, second = record(one).evidence
    assert (first.id, first.title, first.place, first.pages, first.size) == (SCAN, "照片", "evidence", 2, 900)
    assert first.attached_at is not None
    one.write(CASE, "evidence.removed", {"id": SCAN, "reason": "附错了"})
    assert record(one).evidence == (second,)


def test_a_scan_is_not_put_in_the_place_of_another() -> None:
    one, two = desks()
    attached(one, SCAN)
    two.write(CASE, "evidence.attached", {"id": SCAN, "fields": {"sha256": "cd" * 32}}, seen={one.desk: 1})
    assert [each.sha256 for each in record(one, two).evidence] == ["ab" * 32]


def test_of_two_reasons_for_one_item_the_newer_counts() -> None:
    one, _ = desks()
    for item, reason in (("application", "口头申请"), ("receipt", "当场付清"), ("application", "主动调解")):
        one.write(CASE, "dossier.excused", {"item": item, "reason": reason})
    assert {each.item: each.reason for each in record(one).excuses} == {
        "application": "主动调解", "receipt": "当场付清"
    }  # fmt: skip


def test_every_binding_is_kept() -> None:
    one, _ = desks()
    body: Body = {"id": "f1" * 16, "sha256": "ab" * 32, "manifest": "cd" * 32, "pages": 30, "items": 9}
    one.write(CASE, "dossier.filed", body, wall=1764057600000)
    one.write(CASE, "dossier.filed", {**body, "id": "f2" * 16, "pages": 31}, wall=1764144000000)
    assert [(each.pages, each.items, each.sha256) for each in record(one).filings] == [
        (30, 9, "ab" * 32), (31, 9, "ab" * 32)
    ]  # fmt: skip
