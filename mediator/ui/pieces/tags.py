"""Words in a small frame as tables and lists paint them; the words say what the colour says."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from mediator.ui.tokens import Look, radius

TONES: Final = {
    "late": ("late_bg", "late_text", "late_line"), "soon": ("soon_bg", "soon_text", "soon_line"),
    "done": ("accent_soft", "accent", "accent"), "calm": ("calm_bg", "calm_text", "line"),
}  # fmt: skip
PAD: Final = 8


def tag_width(face: QFont, words: str) -> int:
    """Pixels a tag takes at most in this face: late ones are bold."""
    bold = QFont(face)
    bold.setBold(True)
    return QFontMetrics(bold).horizontalAdvance(words) + 2 * PAD


def draw_tag(painter: QPainter, look: Look, tone: str, words: str, place: tuple[int, int]) -> None:
    """Draw a tag at its left edge and the middle of its height, in the text size of a table."""
    ground, text, line = (QColor(look.colour(name)) for name in TONES[tone])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    face = painter.font()
    face.setPixelSize(look.px("table"))
    face.setBold(tone == "late")
    painter.setFont(face)
    metrics = painter.fontMetrics()
    high = metrics.height() + PAD // 2
    wide = metrics.horizontalAdvance(words) + 2 * PAD
    frame = QRectF(place[0] + 0.5, place[1] - high / 2, wide, high)
    painter.setPen(line)
    painter.setBrush(ground)
    painter.drawRoundedRect(frame, radius("chip"), radius("chip"))
    painter.setPen(text)
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
