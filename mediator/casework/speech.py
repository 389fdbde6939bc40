"""Speech to text as a port: what an engine must do, which model it may load, and a fake that says what it is told.

No model comes with the program. An administrator puts one into a folder and enters it once; from then on every file of
it is held against that list before it is loaded, for a model is foreign data that a library parses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from mediator.core.codes import Code
from mediator.errors import Unacceptable, WorldFailed

MODEL: Final = "model.onnx"
TOKENS: Final = "tokens.txt"
FILES: Final = (MODEL, TOKENS)
LARGEST: Final = 4 << 30


class ModelKind(Code):
    """Families of models that the engine is asked for."""

    PARAFORMER = "paraformer", "非自回归模型"
    SENSE_VOICE = "sense_voice", "多语种模型"


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model that was entered: where it lies, of which family, and the SHA-256 of each of its files."""

    folder: Path
    kind: ModelKind
    files: Mapping[str, str]

    @property
    def name(self) -> str:
        """Family and the beginning of its hash: what a sentence taken over from it is marked with."""
        return f"{self.kind.value}:{self.files[MODEL][:12]}"


class Transcriber(Protocol):
    """A loaded engine; it may hold hundreds of MB until it is let go."""

    def hear(self, pcm: bytes) -> str:
        """The words of some seconds of 16 bit mono at 16,000 samples a second; empty for silence."""


class ToldTranscriber:
    """The fake: it says one text after the other and remembers what it was given to hear."""

    def __init__(self, texts: Iterable[str]) -> None:
        """What it will say."""
        self.texts, self.heard = list(texts), list[bytes]()

    def hear(self, pcm: bytes) -> str:
        """The next text."""
        self.heard.append(pcm)
        return self.texts.pop(0)


def hashes_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a model; raises Unacceptable `speech.no_model` that names a missing or too large one."""
    return {name: hash_of(folder / name) for name in FILES}


def hash_of(path: Path) -> str:
    """SHA-256 of a file; raises Unacceptable `speech.no_model`, WorldFailed `file.read`."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unacceptable("speech.no_model", where=path.name)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise Unacceptable("speech.no_model", where=path.name) from None
    except OSError:
        raise WorldFailed("file.read", where=path.name) from None


def refuse_changed(model: SpeechModel) -> None:
    """Hold every file against the list; raises Unacceptable `speech.changed` that names the first other one."""
    for name, found in hashes_of(model.folder).items():
        if found != model.files.get(name):
            raise Unacceptable("speech.changed", where=name)
