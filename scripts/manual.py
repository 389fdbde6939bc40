"""The manual for printing: its pictures from today's screens, one HTML file and one PDF, in build/manual.

    python scripts/manual.py pictures SCREENSHOTS   takes the pictures the chapters name into the program
    python scripts/manual.py book OUT               writes 使用手册.html and 使用手册.pdf

The chapters are those that the program shows (`mediator/ui/data/manual`); the list of characters that no paper can
print is bound behind them.
"""

from __future__ import annotations

import base64
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPageSize, QPdfWriter, QTextDocument

from mediator.ui.manual import chapters, folder
from mediator.ui.theme import FACES, FAMILY

ROOT: Final = Path(__file__).parent.parent
NAME: Final = "使用手册"
VIEW: Final = "light-standard"
WIDE: Final = 900
COLOURS: Final = 48
PICTURE: Final = re.compile(r"!\[([^\]]*)\]\((pictures/[^)]+)\)")
MILLIMETRES, POINT = 20, 11
CSS: Final = (
    "body{max-width:46em;margin:2em auto;padding:0 1em;font:18px/1.8 'Noto Sans SC','Microsoft YaHei',sans-serif;"
    "color:#1b2220}img{max-width:100%;border:1px solid #d0d5d0}table{border-collapse:collapse}"
    "td,th{border:1px solid #7f8883;padding:4px 10px}h1{page-break-before:always;color:#17595a}"
    "pre{font-size:13px;white-space:pre-wrap}"
)


def named_pictures() -> Iterator[str]:
    """Files that the chapters show, `pictures/hearing.png`."""
    for each in chapters():
        yield from (match[2] for match in PICTURE.finditer(each.text))


def take_pictures(screens: Path) -> None:
    """From the screens into the program, small enough to live there."""
    for place in dict.fromkeys(named_pictures()):
        name = Path(place).stem
        with Image.open(screens / f"{name}-{VIEW}.png") as screen:
            small = screen.convert("RGB").resize((WIDE, WIDE * screen.height // screen.width), Image.Resampling.LANCZOS)
            small.quantize(COLOURS).save(folder() / place, optimize=True)


def whole() -> str:
    """All chapters and the list of characters, as one Markdown text."""
    return "\n\n".join((*(each.text for each in chapters()), (ROOT / "CHARACTERS.md").read_text(encoding="utf-8")))


def document(text: str, point: int) -> QTextDocument:
    """Markdown as the desktop shows it."""
    made = QTextDocument()
    made.setDefaultFont(QFont(FAMILY, point))
    made.setMarkdown(PICTURE.sub(lambda found: f"![{found[1]}]({folder() / found[2]})", text))
    return made


def html(text: str) -> str:
    """One file with its pictures inside; no script, nothing is fetched."""
    body = document(text, POINT).toHtml()
    body = body[body.index("<body") :]
    body = re.sub(r' style="[^"]*"', "", body)
    for place in dict.fromkeys(named_pictures()):
        data = base64.b64encode((folder() / place).read_bytes()).decode()
        body = body.replace(f'src="{folder() / place}"', f'src="data:image/png;base64,{data}"')
    head = f'<head><meta charset="utf-8"><title>{NAME}</title><style>{CSS}</style></head>'
    return f'<!DOCTYPE html><html lang="zh-CN">{head}{body}'


def write_pdf(text: str, path: Path) -> None:
    """A4, pictures as wide as the text."""
    writer = QPdfWriter(str(path))
    writer.setResolution(96)
    writer.setTitle(NAME)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(*(MILLIMETRES,) * 4))
    made = document(text, POINT)
    room = writer.pageLayout().paintRectPixels(96)
    made.setHtml(re.sub(r"<img ", f'<img width="{room.width() - 10}" ', made.toHtml()))
    made.setPageSize(QSizeF(room.width(), room.height()))
    made.print_(writer)


def book(out: Path) -> None:
    """Both files."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QGuiApplication(sys.argv[:1])
    for face in FACES:
        QFontDatabase.addApplicationFont(str(ROOT / ".fonts" / face))
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{NAME}.html").write_text(html(whole()), encoding="utf-8")
    write_pdf(whole(), out / f"{NAME}.pdf")
    del running


def main() -> None:
    """As the docstring says."""
    what, place = sys.argv[1], Path(sys.argv[2])
    {"pictures": take_pictures, "book": book}[what](place)


if __name__ == "__main__":
    main()
