"""Fusion, the bundled face and one style sheet filled from the tokens."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from mediator.ui import tokens
from mediator.ui.tokens import Look

FACES: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSerifSC-Regular.ttf")
FAMILY: Final = "Noto Sans SC"
PIXELS: Final = ("caption", "table", "body", "section", "page_title", "hearing", "table_row", "nav_width")
BORDER: Final = 2
SMALLER: Final = 4


def load_faces(folder: Path) -> None:
    """Make the bundled faces known, once; a missing file is left out, the platform's own face then serves."""
    if QFontDatabase.hasFamily(FAMILY):
        return
    for name in FACES:
        if (folder / name).is_file():
            QFontDatabase.addApplicationFont(str(folder / name))


def style_sheet(look: Look) -> str:
    """The whole sheet for a look."""
    text = resources.files("mediator.ui").joinpath("data/style.qss").read_text(encoding="utf-8")
    control = look.px("control_height")
    facts = {name: look.colour(name) for name in tokens.table()["colour"]["light"]}
    facts |= {f"{name}_px": f"{look.px(name)}px" for name in PIXELS}
    tick = "white" if look.theme == "light" else "black"
    facts["tick"] = str(resources.files("mediator.ui").joinpath(f"data/tick_{tick}.svg")).replace("\\", "/")
    facts["inner_height_px"] = f"{control - BORDER}px"
    facts["small_height_px"] = f"{control - SMALLER - BORDER}px"
    facts["nav_row_px"] = f"{control + look.px('caption') - SMALLER}px"
    return Template(text).substitute(facts)


def palette(look: Look) -> QPalette:
    """Colours for what the sheet does not reach: placeholders, links, disabled text."""
    colours = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: "window", role.Base: "surface", role.AlternateBase: "surface_alt", role.Text: "text",
        role.WindowText: "text", role.Button: "surface", role.ButtonText: "text", role.Highlight: "accent",
        role.HighlightedText: "on_accent", role.PlaceholderText: "text_3", role.Link: "accent",
        role.ToolTipBase: "surface", role.ToolTipText: "text",
    }  # fmt: skip
    for place, name in pairs.items():
        colours.setColor(place, QColor(look.colour(name)))
    return colours


def dress(application: QApplication, look: Look) -> None:
    """Put a look on the whole program; figures keep one width so that columns and clocks stand still.

    The look it wears already is not put on again: every widget would be measured anew.
    """
    worn = f"{look.theme} {look.size}"
    if application.property("worn") == worn:
        return
    application.setProperty("worn", worn)
    application.setStyle("Fusion")
    face = QFont(FAMILY)
    face.setPixelSize(look.px("body"))
    if hasattr(QFont.Tag, "fromString"):  # PySide6 6.8 knows no way to name a feature; its figures dance a little
        face.setFeature(QFont.Tag.fromString("tnum"), 1)
    application.setFont(face)
    application.setPalette(palette(look))
    application.setStyleSheet(style_sheet(look))
