"""The six sample cases: whole, Chinese, without numbers of real people, accepted by the rules as far as they go."""

from __future__ import annotations

import re

import pytest

from mediator.casework import checking, importing
from mediator.casework.desk import Desk
from mediator.casework.samples import sample_files
from mediator.core.identifiers import resident_id_fault
from mediator.core.lint import Severity
from tests.casework.desks import ROOT, case_of

FILES = sample_files()


def test_there_are_six_in_order() -> None:
    assert [name[:3] for name, _ in FILES] == ["s01", "s02", "s03", "s04", "s05", "s06"]


@pytest.mark.parametrize(("name", "data"), FILES, ids=[name for name, _ in FILES])
def test_a_sample_is_taken_in_without_a_change_to_its_text(desk: Desk, name: str, data: bytes) -> None:
    done = importing.import_file(desk, data)
    assert [each for each in done.findings if each.rule == "C4"] == []
    case = case_of(desk, done.cases[0].id)
    for finding in checking.findings(desk, case):
        assert not finding.message.isascii()
        assert finding.severity is Severity.BLOCK or finding.source or finding.rule


@pytest.mark.parametrize(("name", "data"), FILES, ids=[name for name, _ in FILES])
def test_no_sample_holds_a_valid_number_of_anybody(name: str, data: bytes) -> None:
    text = data.decode("utf-8")
    numbers = re.findall(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])", text)
    assert [number for number in numbers if not resident_id_fault(number)] == []
    assert not re.search(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])", text)


def test_the_schema_that_is_shipped_is_the_one_the_samples_were_written_for() -> None:
    assert (ROOT / "mediator/casework/data/case.schema.json").is_file()
