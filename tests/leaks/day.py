"""A whole day by the command line: every place it may write to lies below one folder, each of its processes is real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.casework.desks import ROOT
from tests.leaks.planted import PASSWORDS, case_file, typed
from tests.sync.center.program import County

LIGHT = (sys.executable, "-m", "tests.commands.light")
KINDS = ("mediation_agreement", "mediation_record", "acceptance_register")


@dataclass
class Day:
    """Folders of one machine; `hands` holds what a person typed or keeps and is nobody's leak."""

    folder: Path
    said: bytes = b""
    code: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        """An empty machine."""
        for name in ("home", "temp", "stick", "hands", "backup"):
            self.at(name).mkdir()
        self.write("first", PASSWORDS[0])
        self.write("second", PASSWORDS[1])
        self.write("case.json", json.dumps(case_file(), ensure_ascii=False))

    def at(self, name: str) -> Path:
        """A folder of the machine."""
        return self.folder / name

    def others(self) -> list[Path]:
        """Everything on the machine but what a person holds or asked for."""
        return [path for path in self.folder.iterdir() if path.name not in ("hands", "out")]

    def write(self, name: str, text: str) -> None:
        """Something in a person's hands."""
        (self.at("hands") / name).write_text(text, encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """Home, caches and temporary files below the folder."""
        homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(self.at("home")))
        return {**os.environ, **homes, "TMPDIR": str(self.at("temp")), "PYTHONDONTWRITEBYTECODE": "1"}

    def argv(self, *words: str, secret: str = "first") -> list[str]:
        """A command at this vault."""
        hands = self.at("hands")
        return [*LIGHT, *words, "--vault", str(self.at("vault")), "--password-file", str(hands / secret), "--json"]

    def __call__(self, *words: str, stdin: bytes = b"", secret: str = "first", code: int = 0) -> Any:
        """Run a command to its end; its document."""
        done = subprocess.run(
            self.argv(*words, secret=secret), input=stdin, capture_output=True, cwd=ROOT, env=self.environment(),
            check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == code, (words, done.stdout.decode(), done.stderr.decode())
        self.said += done.stderr if done.returncode == 0 else done.stderr + done.stdout
        return json.loads(done.stdout.decode().splitlines()[-1])

    def morning(self) -> None:
        """First run, a case, a hearing, a case file that is refused, papers."""
        room = ("--organization", "某镇人民调解委员会", "--division", "331122101", "--user", "li", "--name", "李调解")
        self.code = str(self("vault", "create", *room)["recovery_code"])
        self.number = str(self("case", "import", str(self.at("hands") / "case.json"))["cases"][0]["number"])
        self("hearing", "record", self.number, stdin=typed())
        broken = json.dumps({**case_file(), "agreement": {"clauses": []}}).encode()
        self("case", "import", "-", stdin=broken, code=4)
        self("document", "make", self.number, *KINDS, "--out", str(self.at("out")))

    def afternoon(self) -> None:
        """The county by both roads, a backup, another password; once the old one, which is wrong now."""
        county = County(self.at("center"))
        county.init()
        (self.folder / "secret").replace(self.at("hands") / "county")
        with county.serving() as running:
            self("enroll", "network", running.url, "--code", county.code())
            self("sync", "network")
        self("sync", "usb", str(self.at("stick")))
        county("usb", str(self.at("stick")))
        self("sync", "usb", str(self.at("stick")))
        county("check")
        self("vault", "backup", "--out", str(self.at("backup")))
        self("vault", "passwd", "--new-password-file", str(self.at("hands") / "second"))
        self("case", "list", code=3)
        self("case", "show", self.number, secret="second")
