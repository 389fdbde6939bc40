"""`import ledger` and `import hotline` as a script meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.casework.ledgers import merged_headers
from tests.casework.test_ledger_import import GOOD, HEAD, table
from tests.commands.shell import Shell

ORDERS = ("工单编号", "来电人", "来电时间", "派单时间", "办理时限", "诉求类型", "工单标题", "诉求内容")
ORDER = (
    "ZJ20260302-1",
    "王芳",
    "2026-03-02 09:10",
    "2026-03-02 10:00",
    "2026-03-09",
    "投诉",
    "夜间噪声",
    "隔壁冷库夜里响。",
)


def file_with(shell: Shell, data: bytes, name: str) -> str:
    """A file in the shell's folder."""
    path = shell.folder / name
    path.write_bytes(data)
    return str(path)


def test_refused_lines_are_code_5_and_lie_beside_the_file(shell: Shell) -> None:
    ledger = merged_headers()
    place = file_with(shell, ledger.data, "台账.xlsx")
    done = shell("import", "ledger", place)
    assert (done.code, done.document["added"]) == (5, ledger.good)
    assert [row["row"] for row in done.document["refused"]] == list(ledger.bad)
    assert Path(done.document["refused_file"]) == shell.folder / "台账（退回）.xlsx"
    mended = shell("import", "ledger", file_with(shell, ledger.mended, "改好.xlsx"))
    assert (mended.document["added"], mended.document["known"]) == (len(ledger.bad), ledger.good)
    assert "refused_file" not in mended.document


def test_a_preview_tells_the_columns_and_writes_nothing(shell: Shell) -> None:
    place = file_with(shell, table(("哪天", *HEAD[1:]), GOOD), "台账.csv")
    seen = shell.in_words("import", "ledger", place, "--preview", "--mapping", "哪天=accepted_on")
    assert seen.code == 0
    assert "  哪天 → accepted_on" in seen.out.splitlines()
    assert shell("case", "list").document["total"] == 0


def test_what_may_be_registered_already_is_told_after_the_import(shell: Shell) -> None:
    facts = "邻居翻修房子，屋檐伸出来半米左右，下雨就滴到我家东墙，墙面受潮脱落。"
    one, other = (*GOOD[:4], facts, GOOD[5]), ("2024.3.8", *GOOD[1:4], facts + "他不肯修。", GOOD[5])
    shell("import", "ledger", file_with(shell, table(HEAD, one), "一.csv"))
    done = shell("import", "ledger", file_with(shell, table(HEAD, other), "二.csv"))
    assert (done.code, len(done.document["duplicates"])) == (5, 1)
    assert "双方当事人相同" in done.document["duplicates"][0]["words"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_work_orders_come_in_with_their_days_and_the_receipt_goes_back(shell: Shell, encoding: str) -> None:
    bad = ("", *ORDER[1:])
    place = file_with(shell, table(ORDERS, ORDER, bad, encoding=encoding), "工单.csv")
    receipt = shell.folder / "回执.csv"
    done = shell("import", "hotline", place, "--receipt", str(receipt))
    (made,) = done.document["cases"]
    due = {each["rule"]: each["due"] for each in shell("case", "checks", made["number"]).document["deadlines"]}
    assert due["D24"] == "2026-03-09"
    rows = [line.split(",") for line in receipt.read_bytes().decode(encoding).splitlines()]
    assert [row[:2] for row in rows[1:]] == [[ORDER[0], "已接收"], ["", "退回"]]
    assert rows[1][3] == made["number"]
    shell("import", "hotline", place, "--receipt", str(receipt))
    assert receipt.read_bytes().decode(encoding).splitlines()[1].split(",")[1] == "重复（此前已接收）"
