"""`mediator-center` in this process and as a process of its own, over a folder and either database."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mediator.casework.samples import sample_files
from mediator.wiring.county import CountyRoad
from sync.center.__main__ import run
from tests.commands.shell import Shell

ROOT = Path(__file__).parents[3]
SECRET = "青石板上的第 7 盏灯"
DIVISION = "331122"
TOWNSHIP = "331122101"
REAL = (sys.executable, "-m", "sync.center")


SAMPLES = tuple(data for _, data in sample_files())


def a_laptop_with_a_case(folder: Path) -> Shell:
    """A real vault with one case, with the real road."""
    folder.mkdir()
    shell = Shell(folder)
    shell.workshop = replace(shell.workshop, exchange=CountyRoad(shell.workshop.clock))
    assert shell.create().code == 0
    assert shell.take_in(SAMPLES[0]).code == 0
    return shell


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class County:
    """A center's data folder; `url` names a database elsewhere."""

    folder: Path
    url: str = ""

    def options(self) -> list[str]:
        """Where everything lies."""
        return ["--data", str(self.folder), *(["--database", self.url] if self.url else [])]

    def plain(self, *argv: str) -> Outcome:
        """Exactly these arguments."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(argv)
        return Outcome(code, out.getvalue(), err.getvalue())

    def __call__(self, *argv: str) -> Outcome:
        """A command at this center, as JSON."""
        words = 2 if argv[0] == "case" else 1
        return self.plain(*argv[:words], *self.options(), *argv[words:], "--json")

    def in_words(self, *argv: str) -> Outcome:
        """The same for people."""
        return self.plain(argv[0], *self.options(), *argv[1:])

    def init(self) -> Outcome:
        """Found it."""
        secret = self.folder.parent / "secret"
        secret.write_text(f"{SECRET}\n", encoding="utf-8")
        return self(
            "init", "--name", "缙云县中心", "--division", DIVISION, "--admin", "shen", "--password-file", str(secret)
        )

    def code(self) -> str:
        """A one-time code for the township."""
        return str(self("enroll", "--township", TOWNSHIP).document["code"])

    @contextmanager
    def serving(self, *more: str) -> Iterator[Served]:
        """The real service as a process, ended by SIGTERM."""
        argv = [*REAL, "serve", *self.options(), "--port", "0", *more]
        quiet = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        with subprocess.Popen(argv, cwd=ROOT, env=quiet, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as child:
            try:
                assert child.stderr is not None
                line = child.stderr.readline().decode()
                found = re.search(r"https?://\S+?:\d+", line)
                assert found, line
                yield Served(found[0], child)
            finally:
                child.send_signal(signal.SIGTERM)
                child.wait(30)


@dataclass(frozen=True)
class Served:
    """A running service and its address."""

    url: str
    child: subprocess.Popen[bytes]
