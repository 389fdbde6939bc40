"""What a careful eye finds on a screen: words that are cut off, that do not stand out, that nobody can read or hear."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from mediator.ui.pages.hearing_speakers import SpeakerButton
from mediator.ui.pieces.fields import MOST_ROWS, Lines
from mediator.ui.pieces.labels import Elided

INPUTS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
NEEDED = 4.5
QT_OWN = ("qt_spinbox_lineedit", "qt_toolbar_ext_button", "ScrollLeftButton", "ScrollRightButton")
LATIN = re.compile(r"[A-Za-z]{2,}")
KNOWN = re.compile(
    r"PDF|\.(?:docx|pdf|xlsx)\b|DOCX|USB|Ctrl|Alt|Shift|Tab|Esc|PageDown|Delete|F\d+|Apache-2\.0|https?://|JSON|[a-z]+(?=）)|/[\w/.-]+|临[0-9A-Z]+"
)


def cut_off(house: QWidget) -> list[str]:
    """Words that have less room than they need; what gives way on purpose says all of it in its tip."""
    labels = [each for each in house.findChildren(QLabel) if each.isVisible() and not isinstance(each, Elided)]
    presses = [each for each in house.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    found = [each.text() for each in labels if is_cut(each)]
    found += [
        each.text()
        for each in presses
        if not isinstance(each, SpeakerButton)
        and each.width() < max(each.fontMetrics().horizontalAdvance(line) for line in each.text().split("\n"))
    ]
    lines = [each for each in house.findChildren(Lines) if each.isVisible()]
    found += [each.toPlainText() for each in lines if each.document().size().height() <= MOST_ROWS and scrolls(each)]
    return found


def scrolls(words: Lines) -> bool:
    """Whether some of the lines are out of sight."""
    return words.verticalScrollBar().maximum() > 0


def is_cut(words: QLabel) -> bool:
    """Whether a label shows less than all of its text."""
    if words.wordWrap():
        return words.height() < words.heightForWidth(words.width()) - 1
    return words.width() < words.sizeHint().width() - 1


def nameless(house: QWidget) -> list[str]:
    """Controls that say nothing to a reader of the screen."""
    return [
        type(each).__name__
        for each in house.findChildren(QWidget)
        if isinstance(each, INPUTS)
        and each.isVisible()
        and each.objectName() not in QT_OWN
        and not (each.accessibleName() or getattr(each, "text", str)())
    ]


def foreign(house: QWidget) -> list[str]:
    """Words with Latin letters that are no names of keys, formats or papers."""
    kinds: tuple[type[QLabel | QAbstractButton], ...] = (QLabel, QAbstractButton)
    texts = [each.text() for kind in kinds for each in house.findChildren(kind) if each.isVisible()]
    texts += [each.placeholderText() for each in house.findChildren(QLineEdit) if each.isVisible()]
    return [text for text in texts if LATIN.search(KNOWN.sub("", text))]


def faint(house: QWidget, picture: QImage) -> list[str]:
    """Words whose colour is too near to what they stand on, as it was painted."""
    found = []
    for each in texts_on(house):
        ground = ground_of(each, house, picture)
        ink = ink_of(each, house, picture, ground)
        if ground and contrast(ink, ground) < NEEDED:
            found.append(f"{each.text()[:20]}: {ink} on {ground}, {contrast(ink, ground):.2f}")
    return found


def ink_of(each: QLabel | QAbstractButton, house: QWidget, picture: QImage, ground: str) -> str:
    """What the words are written in; a pressed button wears another colour than its palette says, so it is read off."""
    if not (isinstance(each, QAbstractButton) and each.isChecked()):
        return each.palette().color(each.foregroundRole()).name()
    corner = each.mapTo(house, each.visibleRegion().boundingRect().topLeft())
    across = range(corner.x() + 4, corner.x() + min(each.width(), 120) - 4)
    pixels = {
        picture.pixelColor(x, y).name() for x in across for y in range(corner.y() + 4, corner.y() + each.height() - 4)
    }
    return max(pixels, key=lambda pixel: contrast(pixel, ground), default=ground)


def texts_on(house: QWidget) -> Iterator[QLabel | QAbstractButton]:
    """Labels and buttons with words that can be seen, none that lies in another: a badge on a button has its ground."""
    kinds: tuple[type[QLabel | QAbstractButton], ...] = (QLabel, QAbstractButton)
    for kind in kinds:
        yield from (
            each
            for each in house.findChildren(kind)
            if each.isVisible() and each.text().strip() and each.isEnabled() and not each.visibleRegion().isEmpty()
        )


def ground_of(each: QWidget, house: QWidget, picture: QImage) -> str:
    """The commonest colour along its upper and lower edge inside; empty where it lies outside of the picture."""
    rect = each.visibleRegion().boundingRect()
    corner = each.mapTo(house, rect.topLeft())
    rows = (corner.y() + 2, corner.y() + rect.height() - 3)
    columns = range(corner.x() + 2, corner.x() + rect.width() - 2, max(1, rect.width() // 24))
    pixels = Counter(
        picture.pixelColor(x, y).name()
        for y in rows
        for x in columns
        if 0 <= x < picture.width() and 0 <= y < picture.height()
    )
    return pixels.most_common(1)[0][0] if pixels else ""


def contrast(front: str, back: str) -> float:
    """Contrast of two colours by relative luminance."""
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
