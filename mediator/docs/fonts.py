"""The faces papers are set in, and which face has which character.

Faces are always the bundled ones, never the system's, so that a record gives the same bytes anywhere. A face is
parsed when first needed and kept. A word or a name stands in one face, the first that has all of it; only where no
face has all does each character take its own. A character in no face stops the paper: never a box.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, Final
from unicodedata import bidirectional, category

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from mediator.errors import Unacceptable, WorldFailed

rl_config.invariant = 1

FANGSONG: Final = "FandolFang-Regular"
SONG: Final = "NotoSerifSC-Regular"
SONG_BOLD: Final = "NotoSerifSC-Bold"
KAI: Final = "LXGWWenKai-Regular"
HEI: Final = "NotoSansSC-Regular"
HEI_BOLD: Final = "NotoSansSC-Bold"
LAST: Final = "BabelStoneHan"
SIGNS: Final = "DejaVuSans"
# Is never seen: a picture stands where its characters are (see `pictured`).
PICTURED: Final = "MediatorPictured"
CHAINS: Final = {
    "body": (FANGSONG, SONG, LAST, SIGNS),
    "script": (KAI, SONG, LAST, SIGNS),
    "latin": (SONG, LAST, SIGNS),
    "strong": (HEI_BOLD, HEI, SONG_BOLD, LAST, SIGNS),
    "title": (SONG_BOLD, SONG, LAST, SIGNS),
    "table": (SONG, LAST, SIGNS),
    "table_strong": (SONG_BOLD, SONG, LAST, SIGNS),
}
LATIN: Final = r"[A-Za-z0-9\u00c0-\u024f]+"
# A private character means something else in every face, a control or an invisible one nothing at all, and a mark
# that combines or a letter that runs from the right would need shaping to stand where it belongs.
EM, STAND_IN = 1000, "口"
NEVER: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Me", "Mn", "Zl", "Zp"})
# The language's own table may be older than a face: it does not know the newest blocks of these planes.
HAN_PLANES: Final = ("\U00020000", "\U0003fffd")
FROM_THE_RIGHT: Final = frozenset({"R", "AL", "AN"})
# These come out of a PDF as something else: ligatures fall apart, tone letters and the blank of Braille are dropped.
NOT_COPIED: Final = frozenset(map(chr, (0x2800, 0xFFFD, *range(0xA700, 0xA708), *range(0xFB00, 0xFB07))))
_GATE: Final = RLock()


def to_unicode(name: str, subset: list[int]) -> str:
    """A ToUnicode map whose targets are UTF-16, so that characters beyond the basic plane extract as themselves."""
    lines = "\n".join(
        f"<{place:02X}> <{chr(value).encode('utf-16-be').hex().upper()}>" for place, value in enumerate(subset)
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< /Registry (Adobe)\n"
        f"/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /{name} def\n/CMapType 2 def\n1 begincodespacerange\n"
        f"<00> <{len(subset) - 1:02X}>\nendcodespacerange\n{len(subset)} beginbfchar\n{lines}\nendbfchar\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend"
    )


ttfonts.makeToUnicodeCMap = to_unicode


@dataclass
class Fonts:
    """The faces in a folder; made once a process and handed to every paper."""

    folder: Path
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    _faces: dict[str, Any] = field(default_factory=dict)
    _chosen: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Fonts:
        """The faces of a folder; raises WorldFailed `fonts.missing` when the body's face is not there."""
        if not (folder / f"{FANGSONG}.ttf").is_file():
            raise WorldFailed("fonts.missing")
        return cls(folder)

    def face(self, name: str) -> Any:
        """A parsed face, registered with the PDF library under its file's name."""
        with _GATE:
            if name not in self._faces:
                font = ttfonts.TTFont(name, self.folder / f"{name}.ttf")
                pdfmetrics.registerFont(font)
                self._faces[name] = font.face
            return self._faces[name]

    @property
    def label(self) -> Path:
        """The file of the face of what stands in margins."""
        return self.folder / f"{SONG}.ttf"

    def with_pictures(self, pictures: Mapping[str, bytes]) -> Fonts:
        """The same faces with pictures for some characters; a face that has the character goes first."""
        if not pictures:
            return self
        with _GATE:
            face = self.unseen_face()
            for char in pictures:
                face.charToGlyph[ord(char)], face.charWidths[ord(char)] = face.charToGlyph[ord(STAND_IN)], EM
        return replace(self, pictures=pictures, _chosen={})

    def unseen_face(self) -> Any:
        """A face of its own, in which a pictured character borrows the shape of another."""
        if PICTURED not in self._faces:
            font = ttfonts.TTFont(PICTURED, self.folder / f"{FANGSONG}.ttf")
            font.face.name = PICTURED.encode()
            pdfmetrics.registerFont(font)
            self._faces[PICTURED] = font.face
        return self._faces[PICTURED]

    def has(self, name: str, text: str) -> bool:
        """True when a face draws every character; the shape of what is missing (glyph 0) does not count."""
        shapes = self.face(name).charToGlyph
        return all(shapes.get(ord(char), 0) for char in text)

    def faces_for(self, text: str, role: str, names: Sequence[str] = ()) -> list[str]:
        """A face for each character; `names` stand each in one face wherever they occur, and so does a Latin word.

        Raises Unacceptable `document.character` with the code point of a character in no face.
        """
        found: list[str] = []
        for word in words(text, tuple(names)):
            found += self.chosen(word, role)
        for char, face in zip(text, found, strict=True):
            if not face or not drawable(char):
                raise Unacceptable("document.character", where=f"U+{ord(char):04X}")
        return found

    def chosen(self, word: str, role: str) -> tuple[str, ...]:
        """The faces of one word's characters: one face for all of them if any has all.

        Figures and Latin letters of the body stand in 宋: those of its own face are far heavier than its Han.
        """
        key = (word, role)
        if key not in self._chosen:
            chain = "latin" if role == "body" and word.isascii() else role
            whole = self.first(word, chain)
            self._chosen[key] = tuple(whole or self.first(char, chain) for char in word)
        return self._chosen[key]

    def first(self, text: str, role: str) -> str:
        """The first face of a role's chain that has all of a text, empty for none."""
        found = next((name for name in CHAINS[role] if self.has(name, text)), "")
        return found or (PICTURED if text in self.pictures else "")

    def width(self, char: str, face: str, size: float) -> float:
        """Advance of a character of a face in points."""
        return width_of(self.face(face), char) * size / 1000


@lru_cache(maxsize=60_000)
def drawable(char: str) -> bool:
    """True for a visible shape of its own that is set from the left and comes out of the file as it went in."""
    if HAN_PLANES[0] <= char <= HAN_PLANES[1]:
        return True
    return category(char) not in NEVER and bidirectional(char) not in FROM_THE_RIGHT and char not in NOT_COPIED


def words(text: str, names: tuple[str, ...]) -> list[str]:
    """The text cut into names, Latin words and single characters; put together again they are the text."""
    return word_pattern(names).findall(text)


@lru_cache(maxsize=64)
def word_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Longest name first, so that a name inside another does not cut it."""
    whole = [re.escape(name) for name in sorted(set(names), key=len, reverse=True) if len(name) > 1]
    return re.compile("|".join([*whole, LATIN, "."]), re.DOTALL)


@lru_cache(maxsize=60_000)
def width_of(face: Any, char: str) -> float:
    """Advance in thousandths of the size."""
    return float(face.getCharWidth(ord(char)))
