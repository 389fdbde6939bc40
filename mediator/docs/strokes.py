"""A signature that was drawn on the screen, as it is printed: lines in the PDF, a picture in the DOCX.

The words of the paper name a digest of what the picture shows, pixel for pixel, so that a paper's mark holds the
signatures too: in a file saved again by an office program a picture put in the place of another is found.
"""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any, Final

from PIL import Image, ImageDraw

from mediator.core.sittings import FIELD_HEIGHT, Strokes

HEIGHT: Final = 21.0
WIDTH: Final = 84.0
PEN: Final = 1.1
# How far it stands from the words before it, and hangs below their line.
GAP, BELOW = 3.0, 3.0
# A name written small is not blown up to more than so much of what it was on the field.
LARGEST: Final = 2 * HEIGHT / FIELD_HEIGHT
DOTS: Final = 8
MOST_PIXELS: Final = 4_000_000
DIGITS: Final = 16
Lines = list[list[tuple[float, float]]]


def fitted(strokes: Strokes) -> tuple[Lines, float, float]:
    """The strokes without the empty field about them, in points from their upper left corner; width and height."""
    across, down = ([point[axis] for stroke in strokes for point in stroke] for axis in (0, 1))
    left, top = min(across), min(down)
    wide, high = max(across) - left, max(down) - top
    scale = min((WIDTH - PEN) / max(wide, 1), (HEIGHT - PEN) / max(high, 1), LARGEST)
    lines = [[((x - left) * scale + PEN / 2, (y - top) * scale + PEN / 2) for x, y, _ in each] for each in strokes]
    return lines, wide * scale + PEN, high * scale + PEN


def put_strokes(canvas: Any, at: tuple[float, float], strokes: Strokes) -> float:
    """Draw a signature that stands a little below a baseline; answers where it ends."""
    lines, width, height = fitted(strokes)
    x, top = at[0] + GAP, at[1] - BELOW + height
    canvas.saveState()
    canvas.setLineWidth(PEN)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    for line in lines:
        path.moveTo(x + line[0][0], top - line[0][1])
        for across, down in line[1:] or line:
            path.lineTo(x + across, top - down)
    canvas.drawPath(path)
    canvas.restoreState()
    return x + width


def picture_of(strokes: Strokes) -> tuple[bytes, float, float]:
    """A signature as a PNG, black on nothing, with its width and height in points."""
    lines, width, height = fitted(strokes)
    ink = Image.new("1", (round(width * DOTS) + 1, round(height * DOTS) + 1))
    pen = ImageDraw.Draw(ink)
    thick = round(PEN * DOTS)
    for line in lines:
        dots = [(round(x * DOTS), round(y * DOTS)) for x, y in line]
        pen.line(dots, fill=1, width=thick, joint="curve")
        for x, y in dots:
            pen.ellipse((x - thick // 2, y - thick // 2, x + thick // 2, y + thick // 2), fill=1)
    buffer = io.BytesIO()
    Image.merge("LA", (Image.new("L", ink.size, 0), ink.convert("L"))).save(buffer, "PNG", optimize=True)
    return buffer.getvalue(), width, height


def check_of(strokes: Strokes) -> str:
    """What the words of a paper say of a signature: the digest of its picture."""
    return shown_check(picture_of(strokes)[0])


def shown_check(data: bytes) -> str:
    """The first 16 digits of the SHA-256 over width, height and ink of a PNG, however it was packed; empty for none."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return ""
            shown = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return ""
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    ink = paper.convert("L").point([255 if light < 128 else 0 for light in range(256)], "1")
    told = f"mediator/signature/1 {ink.width} {ink.height} ".encode()
    return hashlib.sha256(told + ink.tobytes()).hexdigest()[:DIGITS]


def told(name: str, moment: str, check: str) -> str:
    """What the words of a paper say of a signature."""
    return f"{name}{f'于{moment}' if moment else ''}在屏幕上手写签名（校验值{check}）"


def checks_in(text: str, name: str) -> list[str]:
    """The digests that a text without blanks tells of one signer."""
    return re.findall(
        f"[：；]{re.escape(name)}(?:于[0-9年月日时分]+)?在屏幕上手写签名（校验值([0-9a-f]{{{DIGITS}}})）", text
    )
