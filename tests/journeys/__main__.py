"""`python -m tests.journeys`: every journey, counted, beside the same done with Word and Excel; speed of the start.

The figures on the right are reasoned, not measured: what a clerk does who has the usual template of the committee in
Word and one row a case in an Excel ledger, knows both well, and types every word himself. Counted are steps (a thing
to know and do) and keys beside the characters of the text itself, which are typed here and there alike.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from mediator.casework import reading
from mediator.casework.reading import RowQuery
from mediator.ui.pages.case_list import WINDOW, CaseListPage
from mediator.ui.screenshots import settle
from tests.casework.desks import ROOT, a_desk, a_document, a_workshop, taken_in
from tests.ui.keyboard import a_window, sit_down
from tests.ui.pulse import Pulse
from tests.ui.scenes import page_of

TRIES: Final = 4
MANY: Final = 100_000
# steps and keys with Word and Excel, and why
BESIDE: Final = {
    "新手的第一份协议": (
        96, 610, "找模板、另存、逐处替换姓名（协议、笔录、申请书、登记表四份各写一遍）、大写金额手打、台账一行十四格",
    ),
    "登记到 U 盘": (
        88, 560, "四份文书各填一遍当事人和事由，台账一行，复制到 U 盘，县里再录一遍（不计）",
    ),
    "一天的履行回访": (
        41, 210, "在台账里筛出到期的、翻原协议核对期数、改余额、另开回访表、催办答复另写一份",
    ),
    "两台电脑写得不一样": (
        23, 90, "两份台账并排打开逐格比，改一份，另存，再复制回去；谁改的、什么时候改的查不到",
    ),
    "忘记密码": (4, 20, "加了密的 Word 打不开就没有办法；没加密的，谁都打得开"),
    "调解中锁定再回来": (9, 30, "保存、锁屏、回来找到光标；没保存的丢失，没有时间，也没有记谁说的"),
}  # fmt: skip
START: Final = """
import time; began = time.monotonic()
import os
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from pathlib import Path
import sys
from mediator.wiring import build_workshop
from mediator.ui.app import application
from mediator.ui.preferences import Preferences
from mediator.ui.tokens import Look
from mediator.ui.window import Window
shop = build_workshop()
look = Preferences(Path(sys.argv[1]) / "look.json", Look())
running = application(shop, look)
window = Window(shop, Path(sys.argv[1]) / "vault", look)
window.show()
running.processEvents()
window.grab()
print(time.monotonic() - began)
"""


def started(folder: Path) -> tuple[float, float]:
    """Seconds from the start of the process to a painted door, by the clock and of the processor, the best of a few."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled; the first run here compiles it
    found = []
    for _ in range(TRIES):
        began, used = time.monotonic(), processor()
        subprocess.run([sys.executable, "-c", START, str(folder)], check=True, env=env, capture_output=True)
        found.append((time.monotonic() - began, processor() - used))
    return min(found)


def processor() -> float:
    """Seconds of the processor that children of this process took: a busy machine makes only the clock slower."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def scrolled(folder: Path) -> float:
    """Seconds the screen is held at most while a list of 100,000 cases is scrolled from end to end."""
    workshop = a_workshop()
    desk = a_desk(folder / "long", workshop=workshop)
    taken_in(desk, a_document())
    (template,) = reading.rows(desk, RowQuery())
    window = a_window(workshop, folder / "long", folder)
    sit_down(window, desk)
    page = page_of(window, CaseListPage)
    page.model.ask = lambda start: page.model.put(start, (template,) * WINDOW)
    page.model.begin(MANY)
    settle(window)
    pulse = Pulse()
    for place in range(0, MANY, MANY // 200):
        page.table.scrollTo(page.model.index(place, 0))
        settle(window)
        pulse.beat()
    pulse.rest()
    window.lock(whatever=True)
    settle(window)
    window.close()
    return pulse.longest


def table() -> Iterator[str]:
    """A line a journey; below it what held the screen longer than it should."""
    from tests.journeys.counted import TALLIES

    yield f"{'经过':<14}{'步':>5}{'键':>6}{'字':>6}{'最长占屏 ms':>10}   Word+Excel 步 键   怎样算的"
    for name, (steps, keys, why) in BESIDE.items():
        tally = TALLIES[name]
        ours = f"{tally.steps:>5}{tally.keys:>6}{tally.characters:>6}{tally.longest * 1000:>10.0f}"
        yield f"{name:<14}{ours}   {steps:>5}{keys:>6}   {why}"
        yield from (f"    > 50 ms: {held}" for held in tally.held)


def main() -> int:
    """Run the journeys in this process, then the table and the two figures of speed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    code = pytest.main([str(Path(__file__).parent), "-q", "-p", "no:xdist"])
    print("\n".join(table()))
    with tempfile.TemporaryDirectory() as folder:
        held = scrolled(Path(folder)) * 1000
        print(f"十万行的案件列表，从头翻到尾：最长占屏 {held:.0f} 毫秒（不超过 50 毫秒）")
        wall, used = started(Path(folder))
        print(f"从启动到打开窗口：{wall:.2f} 秒，其中处理器 {used:.2f} 秒（不超过 1.5 秒）")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
