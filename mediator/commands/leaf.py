"""One command as data: its words, its options, and the shapes that options take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Leaf:
    """One command; `deed` is module:function under `mediator.commands`, imported when it runs."""

    words: str
    deed: str
    about: str
    example: str
    options: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()


def opt(*names: str, **settings: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    """One option of a leaf."""
    return names, settings


def filled(text: str) -> str:
    """A word that says something: an empty one comes from a variable that was never set."""
    if not text.strip():
        raise ValueError
    return text


def reasoned(text: str) -> tuple[str, str]:
    """An item and a reason, with a sign between them."""
    item, _, reason = text.partition("=")
    return filled(item).strip(), filled(reason).strip()


def a_year(text: str) -> int:
    """A year of our time."""
    year = int(text)
    if not 1949 <= year <= 2999:
        raise ValueError
    return year


def at_least_one(text: str) -> int:
    """A count of rows."""
    count = int(text)
    if not 1 <= count <= 1_000_000:
        raise ValueError
    return count


def day(text: str) -> str:
    """An ISO day in its one form."""
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError
    return text


OUT: Final = opt("--out", required=True, type=filled, metavar="文件夹", help="结果写到哪里")
CASE: Final = opt("case", type=filled, metavar="案件", help="案号或者内部编号")
LOGIN: Final = opt("login", type=filled, metavar="登录名", help="登录时输入的名字，不含空格")
FOLDER: Final = opt("folder", type=filled, metavar="文件夹", help="U 盘，或者代替 U 盘的文件夹")
NEW_PASSWORD: Final = opt(
    "--new-password-file", type=filled, metavar="文件", help="新密码所在的文件，- 表示标准输入；不写则由终端询问"
)
TEMPLATE: Final = opt("template", type=filled, metavar="编号", help="模板编号，见 template list")
CODE_FILE: Final = opt(
    "--code-file", required=True, type=filled, metavar="文件", help="恢复码所在的文件，- 表示标准输入"
)
CASE_FILES: Final = opt("files", nargs="+", type=filled, metavar="文件", help="案件文件，- 表示标准输入")
PAPER_FILES: Final = opt(
    "files", nargs="+", type=filled, metavar="文件", help="docx、pdf 文件，二维码的图片，或者写有二维码内容的 txt 文件"
)
CHECKED_FILES: Final = opt("files", nargs="+", type=filled, metavar="文件", help="要检查的 docx 或者 pdf 文件")
CENTER: Final = opt("url", type=filled, metavar="网址", help="县中心的网址，以 https:// 开头")
ON: Final = opt("--on", metavar="日期", help="如 2026-03-05，默认今天")
WHY: Final = opt("--reason", default="", metavar="理由", help="为什么作废")
RULE: Final = opt("rule", type=filled, metavar="期限", help="期限的编号，如 D03，见 case checks")
APPROVED: Final = (
    opt("--by", required=True, metavar="姓名", help="批准人"),
    opt("--reason", required=True, metavar="理由", help="为什么"), ON,
)  # fmt: skip
TABLE: Final = (
    opt("file", type=filled, metavar="文件", help="xlsx 或者 csv（UTF-8、GB18030）"),
    opt("--mapping", action="append", default=[], type=reasoned, metavar="表头=内容",
        help="这一列是什么，可写多次，按表头记住；内容的名称见 --preview"),
    opt("--preview", action="store_true", help="只看怎样录入，不录入"),
    opt("--refused", type=filled, metavar="文件", help="退回的行写成哪个文件，默认在原文件旁边"),
)  # fmt: skip
PLACE: Final = "--vault ./库 --password-file 密码.txt"
