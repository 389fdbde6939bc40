"""Fetch the faces the papers and the desktop are set in, check each by SHA-256, keep each with its licence.

    python scripts/fonts.py DIR          makes DIR complete; when it is complete already, hashing it takes half a second
    python scripts/fonts.py DIR --check  says which face is missing or different, changes nothing

Faces come from Debian's archive (`apt-get download`, nothing is installed) and from npm packages (`npm pack`,
no script of a package is run). FandolFang has cubic outlines, which the PDF writer cannot embed, so its
outlines are made quadratic here. Kept outside version control: together they weigh some 130 MB.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: `source` is a package, `member` its path inside, `licence` the licence's path inside."""

    file: str
    sha256: str
    source: str
    member: str
    licence: str
    quadratic: bool = False


FACES = tuple(Face(**row) for row in json.loads(Path(__file__).with_name("faces.json").read_text(encoding="utf-8")))


def digest(path: Path) -> str:
    """SHA-256 of a file as 64 hex characters."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def wrong_faces(folder: Path) -> list[Face]:
    """Faces that are missing, differ from their hash, or lack their licence."""
    return [face for face in FACES if not is_right(folder, face)]


def is_right(folder: Path, face: Face) -> bool:
    """True when the face's bytes are the expected ones and its licence lies beside it."""
    path = folder / face.file
    return path.is_file() and licence_path(folder, face).is_file() and digest(path) == face.sha256


def licence_path(folder: Path, face: Face) -> Path:
    """Where the licence of a face is kept."""
    return folder / f"{face.file.removesuffix('.ttf')}.LICENCE.txt"


def unpack(source: str, into: Path) -> None:
    """Fetch one package into a folder and unpack it there; nothing of it is run."""
    channel, _, name = source.partition(":")
    if channel == "npm":
        subprocess.run(["npm", "pack", "--silent", name], cwd=into, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(into.glob("*.tgz"))) as archive:
            archive.extractall(into, filter="data")
    else:
        subprocess.run(["apt-get", "download", "-qq", name], cwd=into, check=True, stderr=subprocess.DEVNULL)
        subprocess.run(["dpkg-deb", "-x", next(into.glob("*.deb")), into], check=True)


def make_quadratic(source: Path, target: Path) -> None:
    """Write the face with TrueType outlines, within 1/1000 em of the cubic ones; same input gives same bytes."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(source, recalcTimestamp=False)
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, max_err=font["head"].unitsPerEm / 1000, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for member in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                   "maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):  # fmt: skip
        setattr(maxp, member, 1 if member == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    font.save(target)


def install(folder: Path, face: Face, unpacked: Path) -> None:
    """Put one face and its licence into the folder, each written beside and swapped in."""
    source, part = unpacked / face.member, folder / f"{face.file}.part"
    if face.quadratic:
        make_quadratic(source, part)
    else:
        shutil.copyfile(source, part)
    found = digest(part)
    if found != face.sha256:
        part.unlink()
        sys.exit(f"字体 {face.file} 的校验值不符：应为 {face.sha256}，实为 {found}。没有使用这个文件。")
    part.replace(folder / face.file)
    licence = unpacked / face.licence
    text = gzip.decompress(licence.read_bytes()) if licence.suffix == ".gz" else licence.read_bytes()
    licence_path(folder, face).write_bytes(text)


def fetch(folder: Path, wanted: list[Face]) -> None:
    """Fetch each package once and install its faces."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in dict.fromkeys(face.source for face in wanted):
        print(f"取字体：{source.partition(':')[2]}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as scratch:
            Path(scratch).chmod(0o755)
            unpack(source, Path(scratch))
            for face in wanted:
                if face.source == source:
                    install(folder, face, Path(scratch))


def main() -> int:
    """Command line of this script."""
    parser = argparse.ArgumentParser(description="取齐并核对字体")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="只核对，不取")
    options = parser.parse_args()
    wanted = wrong_faces(options.folder)
    if options.check:
        print("\n".join(face.file for face in wanted) or "字体齐全。")
        return 1 if wanted else 0
    fetch(options.folder, wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
