"""C20: a table whose header is not repeated is found in either format."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.docs.checks import table as checks_table
from mediator.docs.checks.bench import Examined
from mediator.docs.checks.every import inspect
from mediator.docs.setting import Setter
from tests.docs.papers import a_case, a_paper, some_facts
from tests.docs.planted import KIND, found, with_part

LONG = a_case(rows=40)


def test_a_long_table_repeats_its_header() -> None:
    assert inspect(a_paper(KIND, LONG), LONG, some_facts()) == ()


def test_a_header_that_word_does_not_repeat_is_found() -> None:
    bare = with_part(a_paper(KIND, LONG), "word/document.xml", lambda text: text.replace("<w:tblHeader/>", ""))
    assert "C20" in found(bare, LONG)


def test_a_page_that_goes_on_with_a_row_and_no_header_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Setter.table
    monkeypatch.setattr(
        Setter, "table", lambda self, table: (replace(each, header=None) for each in whole(self, table))
    )
    bare = a_paper(KIND, LONG)
    monkeypatch.undo()
    assert "C20" in found(bare, LONG)


def test_a_ruled_form_of_labels_and_values_needs_no_header() -> None:
    bench = Examined(a_paper("acceptance_register"), a_case(), some_facts("acceptance_register"), None)
    assert [each for check in checks_table.CHECKS for each in check(bench)] == []
    assert bench.word
    assert bench.word.headers == []
