"""The faces papers are set in, and which face has which character.

Faces are always the bundled ones, never the system's, so that a record gives the same bytes anywhere. A face is
parsed when first needed and kept. A character in no face stops the paper: never a box.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, Final
from unicodedata import category

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from mediator.errors import Unacceptable, WorldFailed

rl_config.invariant = 1

FANGSONG: Final = "FandolFang-Regular"
SONG: Final = "NotoSerifSC-Regular"
SONG_BOLD: Final = "NotoSerifSC-Bold"
HEI: Final = "NotoSansSC-Regular"
HEI_BOLD: Final = "NotoSansSC-Bold"
LAST: Final = "BabelStoneHan"
SIGNS: Final = "DejaVuSans"
CHAINS: Final = {
    "body": (FANGSONG, SONG, LAST, SIGNS),
    "strong": (HEI_BOLD, HEI, SONG_BOLD, LAST, SIGNS),
    "title": (SONG_BOLD, SONG, LAST, SIGNS),
    "table": (SONG, LAST, SIGNS),
    "table_strong": (SONG_BOLD, SONG, LAST, SIGNS),
}
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
    _faces: dict[str, Any] = field(default_factory=dict)
    _chosen: dict[tuple[str, str], str] = field(default_factory=dict)

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

    def name_for(self, char: str, role: str) -> str:
        """The first face of a role's chain that has the character; Unacceptable `document.character` when none has."""
        found = self._chosen.get((char, role))
        if found is None:
            found = next((name for name in CHAINS[role] if ord(char) in self.face(name).charToGlyph), "")
            if not found or category(char) == "Co":  # a private character means something else in every face
                raise Unacceptable("document.character", where=f"U+{ord(char):04X}")
            self._chosen[char, role] = found
        return found

    def width(self, char: str, role: str, size: float) -> float:
        """Advance of a character in points."""
        return width_of(self.face(self.name_for(char, role)), char) * size / 1000


@lru_cache(maxsize=60_000)
def width_of(face: Any, char: str) -> float:
    """Advance in thousandths of the size."""
    return float(face.getCharWidth(ord(char)))
