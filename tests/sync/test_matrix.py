"""Each fault of the design's matrix has a test that exists, or a word on what is not built."""

from __future__ import annotations

import ast

import pytest

from tests.sync.matrix import ROOT, Row, rows

FAULTS = 60
ROWS = rows()


def test_every_row_of_the_matrix_stands_here_once_and_in_order() -> None:
    assert [row.no for row in ROWS] == list(range(1, FAULTS + 1))
    assert all(row.fault and (row.tests or row.why) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[f"row {row.no}" for row in ROWS])
def test_a_rows_tests_exist_and_are_tests(row: Row) -> None:
    for node in row.tests:
        name, _, wanted = node.partition("::")
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        found = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
        assert (wanted in found) if wanted else any(each.startswith("test_") for each in found), node
