"""The command about lawful erasures: who has not carried out what, and giving up old files of the database."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from sync.center import doomed, erasing
from sync.center.county import Center, moment_of
from sync.center.erasing import Line

Result = tuple[dict[str, object], tuple[str, ...], int]


def take_options(made: Any) -> None:
    """What the command understands."""
    made.add_argument(
        "--wash", action="store_true", help="重写数据库的表，清掉旧内容；PostgreSQL 要几分钟，期间不能同步"
    )


def erasures(center: Center, options: Namespace) -> Result:
    """Every erasure with the computers that have not answered; code 5 while there are any, or files to give up."""
    clean = doomed.wash(center, whole=options.wash)
    lines = erasing.listed(center)
    waiting = [each for each in lines if each.waiting or each.off]
    document: dict[str, object] = {"erasures": [row_of(each) for each in lines], "washed": clean}
    words = [words_of(each) for each in waiting]
    words += (
        [] if clean else ["数据库的旧文件里还有删除了的内容（加密的），请在晚上执行 mediator-center erasures --wash。"]
    )
    return document, (*words, f"共{len(lines)}项，{len(waiting)}项还有电脑没有删除。"), 5 if waiting or not clean else 0


def row_of(each: Line) -> dict[str, object]:
    """An erasure as JSON."""
    return {
        "case": each.case, "number": each.number, "whole": each.whole, "ground": each.ground, "entries": each.named,
        "decided_by": list(each.decided_by), "at": moment_of(each.at).isoformat(), "waiting": list(each.waiting),
        "off": list(each.off),
    }  # fmt: skip


def words_of(each: Line) -> str:
    """An erasure that is not done everywhere, in words."""
    off = f"；已停用、请当面销毁：{'、'.join(each.off)}" if each.off else ""
    return f"{each.number or each.case}\t还没有删除：{'、'.join(each.waiting) or '无'}{off}"
