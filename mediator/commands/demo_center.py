"""The county of the demo: `mediator-center` as processes of their own, ended by their ids."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mediator.errors import WorldFailed

HOST: Final = "127.0.0.1"
START: Final = 30.0
STEP: Final = 0.05
LONGEST: Final = 120.0
PATIENCE: Final = 10.0
DONE: Final = (0, 5)
PROGRAM: Final = (sys.executable, "-m", "sync.center")


@dataclass(frozen=True, slots=True)
class DemoCenter:
    """A center in a folder; `secret` is the file with its administrator's password."""

    folder: Path
    secret: Path
    division: str

    def ready(self) -> bool:
        """True once it was set up."""
        return (self.folder / "ready").is_file()

    def set_up(self, name: str) -> None:
        """Keys and tables, once."""
        if self.ready():
            return
        self.ask("init", "--name", name, "--division", self.division, "--admin", "admin",
                 "--password-file", str(self.secret))  # fmt: skip
        (self.folder / "ready").write_text("1\n", encoding="utf-8")

    def ask(self, command: str, *options: str) -> Any:
        """One command of the center to its end; its JSON document. Raises WorldFailed `demo.center`."""
        argv = [*PROGRAM, command, "--data", str(self.folder), *options, "--json"]
        try:
            done = subprocess.run(argv, capture_output=True, check=False, timeout=LONGEST)
            self.note(done.stderr)
            document = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, ValueError):
            raise WorldFailed("demo.center", where=command) from None
        if done.returncode not in DONE:
            raise WorldFailed("demo.center", where=command)
        return document

    def code(self, township: str) -> str:
        """A one-time code for a township."""
        return str(self.ask("enroll", "--township", township)["code"])

    def note(self, text: bytes) -> None:
        """Keep what the center said."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "center.log").open("ab") as log:
            log.write(text)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The service on a free port of this machine; gives its address, ends the process at the end."""
        port = free_port()
        argv = [*PROGRAM, "serve", "--data", str(self.folder), "--host", HOST, "--port", str(port)]
        with (self.folder / "center.log").open("ab") as log:
            child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            try:
                wait_for(port, child)
                yield f"http://{HOST}:{port}"
            finally:
                end(child)


def free_port() -> int:
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    """Return once somebody listens; raises WorldFailed `demo.center` when the process ended or never does."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and child.poll() is None:
        try:
            with socket.create_connection((HOST, port), timeout=STEP):
                return
        except OSError:
            time.sleep(STEP)
    raise WorldFailed("demo.center", where="serve")


def end(child: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, and end it if it does not."""
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
