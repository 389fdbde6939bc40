"""The slip that goes with a stick: what lies on it, and digits that are compared where it arrives; one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mediator.docs.model import Align, Cut, Document, Form, Heading, Place, Signatures, Table, text
from mediator.docs.page import CARD

KIND: Final = "handover"
TITLE: Final = "U 盘交接单"
HOW: Final = (
    "县中心读入 U 盘以后，屏幕上会显示每个文件的核对数字，与上表逐个对照：一样，就是原样送到的；不一样或者没有显示，"
    "请打电话告诉本室，本室再写一次，内容不会丢失。文件是加密的，U 盘丢了别人也看不了。"
)
BACK: Final = "回执（读入后填写，交送件人带回；也可以打印回执码，由本室扫描）"


@dataclass(frozen=True, slots=True)
class Lying:
    """One file on the stick: name, what it holds in words, size in words, eight digits."""

    file: str
    holds: str
    size: str
    digits: str


def handover_slip(room: str, county: str, moment: str, files: Sequence[Lying], *, across: str = "") -> Document:
    """The slip of a room for its county; `moment` is when the stick was written."""
    rows = tuple((each.file, each.holds, each.size, each.digits) for each in files)
    blocks = (
        Form(((("送出单位", room), ("送往", county)), (("写入时间", moment), ("文件", f"{len(rows)}个")))),
        Table(
            ("文件名", "内容", "大小", "核对数字"), rows, (0.5, 0.24, 0.11, 0.15),
            (Align.LEFT, Align.LEFT, Align.RIGHT, Align.CENTER),
        ),
        text(HOW, indent=2),
        Signatures((Place("移交人"), Place("送件人"))),
        Cut(),
        Heading(BACK),
        Form(((("收到单位", county), ("核对数字", "□一致　□不一致")),)),
        Signatures((Place("接收人"),), seal=county),
    )  # fmt: skip
    return Document(KIND, TITLE, room, "", blocks, sheet=CARD, across=across)
