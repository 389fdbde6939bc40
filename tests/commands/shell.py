"""The command line in this process: arguments and standard input in, exit code and both outputs back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mediator.casework.desk import Workshop
from mediator.commands.main import run
from mediator.commands.program import Program, Streams
from tests.casework.desks import PASSWORD, a_workshop


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

    @property
    def error(self) -> Any:
        """The `error` member of the document."""
        return self.document["error"]


@dataclass
class Shell:
    """A vault's folder, a password file and a workshop for all commands of a test."""

    folder: Path
    workshop: Workshop = field(default_factory=a_workshop)
    secrets: list[str] = field(default_factory=list)
    opened: list[Path | None] = field(default_factory=list)
    build: Callable[[], Workshop] | None = None
    defaults: tuple[str, ...] = ()

    @property
    def vault(self) -> Path:
        """Where the vault lies."""
        return self.folder / "vault"

    def secret_file(self, text: str, name: str = "password") -> str:
        """A file with a secret and a line end; its path."""
        path = self.folder / name
        path.write_text(f"{text}\n", encoding="utf-8")
        return str(path)

    def bare(self, *argv: str, stdin: bytes = b"", terminal: bool = False) -> Outcome:
        """Run exactly these arguments."""
        out, err = io.StringIO(), io.StringIO()
        streams = Streams(io.BytesIO(stdin), out, err, lambda _words: self.secrets.pop(0), lambda: terminal)
        program = Program(self.build or (lambda: self.workshop), self._desktop, self._screens)
        code = run(argv, program, streams)
        return Outcome(code, out.getvalue(), err.getvalue())

    def __call__(self, *argv: str, stdin: bytes = b"", password: str = PASSWORD) -> Outcome:
        """Run a command on the vault, with its password in a file, as JSON."""
        path = self.secret_file(password)
        return self.bare(*argv, "--vault", str(self.vault), "--password-file", path, "--json", stdin=stdin)

    def in_words(self, *argv: str, stdin: bytes = b"") -> Outcome:
        """The same for people."""
        path = self.secret_file(PASSWORD)
        return self.bare(*argv, "--vault", str(self.vault), "--password-file", path, stdin=stdin)

    def create(self) -> Outcome:
        """Make the vault."""
        return self("vault", "create", "--organization", "缙云县壶镇镇人民调解委员会", "--division", "331122101",
                    "--user", "li", "--name", "李调解")  # fmt: skip

    def take_in(self, document: object, name: str = "case.json") -> Outcome:
        """Import a document from a file."""
        path = self.folder / name
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return self("case", "import", str(path))

    def number_of(self, document: object) -> str:
        """Import one case; its number."""
        done = self.take_in(document)
        assert done.code == 0, done.out
        return str(done.document["cases"][0]["number"])

    def entries(self) -> int:
        """How many entries the vault holds."""
        return int(self("vault", "check").document["entries"])

    def with_road(self, road: Any) -> None:
        """Give the workshop a road to a county."""
        self.workshop = replace(self.workshop, exchange=road)

    def _desktop(self, _workshop: Workshop, place: Path | None) -> int:
        self.opened.append(place)
        return 0

    def _screens(self, _workshop: Workshop, out: Path, _every: bool) -> list[dict[str, str]]:
        return [{"name": "工作台", "file": str(out / "workbench.png")}]
