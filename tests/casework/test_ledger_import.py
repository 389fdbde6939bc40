"""Old ledgers: good lines in, bad lines named, the same file twice adds nothing, the mended file adds the rest."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mediator.casework import ledger_back, ledger_import, reading
from mediator.casework.desk import Desk
from mediator.casework.ledger_import import Outcome
from mediator.core.codes import CaseKind, CaseStatus, Side
from mediator.docs.tables import read_book
from mediator.docs.tables_out import write_book
from mediator.errors import Unacceptable
from tests.casework.desks import case_of
from tests.casework.ledgers import Made, days_in_words, gb18030_csv, merged_headers

KIND = CaseKind.PEOPLE_MEDIATION
LEDGERS = (merged_headers, days_in_words, gb18030_csv)


def taken(desk: Desk, data: bytes, **chosen: str) -> Outcome:
    """A file taken in."""
    return ledger_import.take_in(desk, ledger_import.read(desk, data, KIND, chosen))


def count(desk: Desk) -> int:
    """How many cases there are."""
    return reading.count(desk, reading.RowQuery())


def table(*rows: tuple[str, ...], encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode(encoding)


HEAD = ("日期", "申请人", "被申请人", "类型", "主要内容", "结果")
GOOD = ("2024.3.5", "王芳", "李伟", "邻里", "屋檐滴水。", "调解成功")


@pytest.mark.parametrize("make", LEDGERS)
def test_good_lines_come_in_and_the_mended_file_adds_exactly_the_rest(desk: Desk, make: Callable[[], Made]) -> None:
    ledger = make()
    first = taken(desk, ledger.data)
    assert (len(first.added), count(desk)) == (ledger.good, ledger.good)
    assert tuple(line.number for _, line in first.refused) == ledger.bad
    assert all(line.reasons for _, line in first.refused)
    again = taken(desk, ledger.data)
    assert (again.added, len(again.known), count(desk)) == ((), ledger.good, ledger.good)
    rest = taken(desk, ledger.mended)
    assert (len(rest.added), rest.refused, count(desk)) == (len(ledger.bad), (), ledger.good + len(ledger.bad))


@pytest.mark.parametrize("make", LEDGERS)
def test_refused_lines_go_back_in_the_same_format_and_come_in_again_once_mended(
    desk: Desk, make: Callable[[], Made]
) -> None:
    ledger = make()
    understood = ledger_import.read(desk, ledger.data, KIND)
    ledger_import.take_in(desk, understood)
    back = ledger_back.returned(understood)
    assert back is not None
    assert back.format == understood.book.format
    given_back = ledger_import.read(desk, write_book(back), KIND)
    bad = [line for _, line in understood.lines if line.reasons]
    assert [line.reasons for _, line in given_back.lines] == [line.reasons for line in bad]
    assert [line.digest for _, line in given_back.lines] == [line.digest for line in bad]
    assert ledger_import.take_in(desk, given_back).added == ()
    (sheet,), below = back.sheets, understood.parts[0].head.below
    assert [row[-1] for row in sheet.rows[below:]] == ["；".join(line.reasons) for line in bad]
    right = read_book(ledger.mended).sheets[0].rows
    mended = (*sheet.rows[:below], *((*right[number - 1], "") for number in ledger.bad))
    assert len(taken(desk, write_book(replace(back, sheets=(replace(sheet, rows=mended),)))).added) == len(ledger.bad)


def test_what_a_line_says_stands_in_the_case(desk: Desk) -> None:
    first = taken(desk, days_in_words().data).added[0]
    case = case_of(desk, first.id)
    assert case.number == first.number
    assert case.aliases == ("（2023）壶民调字第001号",)
    assert reading.find(desk, "（2023）壶民调字第001号") == first.id
    one, other = case.parties
    assert (one.side, other.side) == (Side.APPLICANT, Side.RESPONDENT)
    assert " " not in one.name
    assert case.accepted_on is not None
    assert case.accepted_on.isoformat() == "2023-01-08"
    assert case.status in (CaseStatus.AGREED, CaseStatus.NOT_AGREED)
    assert "涉及金额：" in case.facts


def test_a_village_of_the_list_becomes_its_code_and_an_agreement_a_draft(desk: Desk) -> None:
    case = case_of(desk, taken(desk, merged_headers().data).added[0].id)
    assert case.village.startswith("331122101")
    assert case.parties[0].phone.startswith("1000000")
    drafted = case_of(desk, taken(desk, gb18030_csv().data).added[0].id)
    assert drafted.agreement is not None
    assert not drafted.agreement.is_signed
    assert drafted.parties[1].name.startswith("𠀣")
    assert "=1+1 不是公式" in drafted.facts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_one_ledger_in_any_encoding_is_one_ledger(desk: Desk, encoding: str) -> None:
    assert len(taken(desk, table(HEAD, GOOD)).added) == 1
    again = taken(desk, table(HEAD, GOOD, encoding=encoding))
    assert (len(again.added), len(again.known)) == (0, 1)


def test_a_line_that_stands_twice_and_lines_in_another_order_are_known(desk: Desk) -> None:
    other = ("2024.3.6", *GOOD[1:])
    assert len(taken(desk, table(HEAD, GOOD, GOOD, other)).added) == 2
    assert taken(desk, table(("序号", *HEAD), ("9", *other), ("1", *GOOD))).added == ()


def test_a_column_of_the_clerks_own_name_is_chosen_once_and_remembered_with_the_header(desk: Desk) -> None:
    head, row = ("哪天来的", *HEAD[1:]), GOOD
    seen = ledger_import.read(desk, table(head, row), KIND)
    assert seen.parts[0].head.fields[0] == ""
    ledger_import.preview(desk, ledger_import.read(desk, table(head, row), KIND, {"哪天来的": "accepted_on"}))
    assert ledger_import.read(desk, table(head, row), KIND).parts[0].head.fields[0] == ""
    (made,) = taken(desk, table(head, row), 哪天来的="accepted_on").added
    assert str(case_of(desk, made.id).accepted_on) == "2024-03-05"
    assert ledger_import.read(desk, table(head, row), KIND).parts[0].head.fields[0] == "accepted_on"


def test_a_preview_keeps_nothing(desk: Desk) -> None:
    top = desk.vault.top(desk.vault.desk)
    seen = ledger_import.preview(desk, ledger_import.read(desk, merged_headers().data, KIND))
    assert (len(seen.added), len(seen.refused)) == (32, 8)
    assert desk.vault.top(desk.vault.desk) == top


@pytest.mark.parametrize(
    ("data", "chosen", "code"),
    [
        (table(("一", "二"), ("3", "4")), {}, "ledger.head"),
        (table(HEAD, GOOD), {"没有这列": "facts"}, "ledger.column"),
        (table(HEAD, GOOD), {"日期": "birthday"}, "ledger.field"),
        (b"", {}, "table.empty"),
    ],
)
def test_what_is_no_ledger_is_refused_by_name(desk: Desk, data: bytes, chosen: dict[str, str], code: str) -> None:
    with pytest.raises(Unacceptable, match=code.replace(".", r"\.")):
        ledger_import.read(desk, data, KIND, chosen)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({0: "立春"}, "“日期”看不出是哪一天"),
        ({1: "", 2: ""}, "没有当事人姓名"),
        ({1: "无"}, "没有申请人姓名"),
        ({4: "", 0: ""}, "没有纠纷事实，也没有案由"),
        ({5: "？"}, "“结果”看不出调解成功还是不成"),
        ({4: "长" * 20_001}, "“主要内容”超过20000个字"),
        ({1: "长" * 201}, "“申请人”超过200个字"),
    ],
)
def test_every_refusal_says_which_column_and_why(desk: Desk, changed: dict[int, str], reason: str) -> None:
    row = tuple(changed.get(place, cell) for place, cell in enumerate(GOOD))
    ((_, line),) = taken(desk, table(HEAD, row)).refused
    assert line.reasons == (reason,)


def test_a_column_of_ten_thousands_is_read_so(desk: Desk) -> None:
    head = (*HEAD, "涉及金额（万元）")
    made = taken(desk, table(head, (*GOOD, "3.5"), (*GOOD, "200元"))).added
    facts = [case_of(desk, each.id).facts for each in made]
    assert ["35,000.00元" in facts[0], "200.00元" in facts[1]] == [True, True]


def test_all_faults_of_a_line_are_told_at_once(desk: Desk) -> None:
    ((_, line),) = taken(desk, table(HEAD, ("立春", "", "", "", "", "？"))).refused
    assert len(line.reasons) == 4


def test_a_run_that_was_cut_is_finished_by_the_next_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_import, "BATCH", 10)
    understood = ledger_import.read(desk, merged_headers().data, KIND)

    class Pulled(Exception):
        """The plug."""

    def pull(done: int, _whole: int) -> None:
        if done == 20:
            raise Pulled

    with pytest.raises(Pulled):
        ledger_import.take_in(desk, understood, pull)
    assert count(desk) == 20
    assert len(ledger_import.take_in(desk, understood).added) == 12


def test_what_was_cleaned_out_of_a_cell_is_told(desk: Desk) -> None:
    row = (*GOOD[:4], "屋檐\u202e滴水。", GOOD[5])
    understood = ledger_import.read(desk, table(HEAD, row), KIND)
    assert [found.place for found in understood.findings] == ["主要内容"]
    assert case_of(desk, ledger_import.take_in(desk, understood).added[0].id).facts == "屋檐滴水。"


def test_written_back_files_lie_where_they_were_asked_for(desk: Desk, tmp_path: Path) -> None:
    understood = ledger_import.read(desk, gb18030_csv().data, KIND)
    outcome = ledger_import.take_in(desk, understood)
    written = ledger_back.write_back(desk, understood, outcome, refused=tmp_path / "退回.csv")
    assert list(written) == ["refused_file"]
    text = (tmp_path / "退回.csv").read_bytes().decode("gb18030")
    assert text.splitlines()[1].endswith("退回原因")
