"""One paper by a typesetter that is not ours, as often as it is asked; run by the interpreter the typesetter is in.

    python tests/bench/peer_child.py typst|weasyprint FONTS < one JSON line with the paper, then a line for each round

Prints `here` or why it is not here, then the seconds of each round. It imports nothing of the project: where it runs,
the project is not installed.
"""

from __future__ import annotations

import html
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FACE = "Noto Serif SC"
Paper = dict[str, Any]


def typst(paper: Paper, fonts: Path) -> Callable[[str], bytes]:
    """Sets a paper whose title ends in the round's own words: a text that it has seen before costs it nothing."""
    engine = importlib.import_module("typst")

    def quoted(words: str) -> str:
        return json.dumps(words, ensure_ascii=False)

    def source(mark: str) -> str:
        lines = [f'#set page(paper: "a4")\n#set text(font: "{FACE}", size: 16pt, lang: "zh")']
        lines += [f"#align(center, text(size: 22pt, {quoted(paper['title'] + mark)}))"]
        lines += [
            f"#par(first-line-indent: (amount: 2em, all: true), {quoted(words + mark)})" for words in paper["lines"]
        ]
        cells = ", ".join(quoted(words) for row in paper["rows"] for words in row)
        return "\n\n".join([*lines, f"#table(columns: {len(paper['rows'][0])}, {cells})"])

    compiler = engine.Compiler(font_paths=[str(fonts)], ignore_system_fonts=True)
    return lambda mark: bytes(compiler.compile(input=source(mark).encode(), format="pdf"))


def weasyprint(paper: Paper, fonts: Path) -> Callable[[str], bytes]:
    """The same from a page of the web, its face read once."""
    engine = importlib.import_module("weasyprint")
    config = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
    face = (fonts / "NotoSerifSC-Regular.ttf").as_uri()
    style = engine.CSS(
        string=f"@font-face{{font-family:P;src:url({face})}}@page{{size:A4}}body{{font:16pt/28pt P}}"
        "p{text-indent:2em;margin:0}h1{text-align:center;font:22pt P}td{border:1px solid}",
        font_config=config,
    )

    def page(mark: str) -> str:
        lines = "".join(f"<p>{html.escape(words + mark)}</p>" for words in paper["lines"])
        rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in paper["rows"])
        return f"<html lang=zh><h1>{html.escape(paper['title'] + mark)}</h1>{lines}<table>{rows}</table>"

    return lambda mark: bytes(engine.HTML(string=page(mark)).write_pdf(stylesheets=[style], font_config=config))


PEERS: dict[str, Callable[[Paper, Path], Callable[[str], bytes]]] = {"typst": typst, "weasyprint": weasyprint}


def main(name: str, fonts: str) -> None:
    """Say whether the peer is here, then one paper a line."""
    paper = json.loads(sys.stdin.readline())
    try:
        write = PEERS[name](paper, Path(fonts))
        write("")
    except (ImportError, OSError) as why:  # weasyprint raises OSError when Pango is not there
        print(type(why).__name__, flush=True)
        return
    print("here", flush=True)
    for number, _ in enumerate(sys.stdin, start=1):
        print(timed(write, str(number)), flush=True)


def timed(write: Callable[[str], bytes], mark: str) -> float:
    """Seconds of one paper; a paper that is no PDF stops the run."""
    begun = time.perf_counter()
    data = write(mark)
    seconds = time.perf_counter() - begun
    assert data.startswith(b"%PDF"), data[:20]
    return seconds


if __name__ == "__main__":
    main(*sys.argv[1:])
