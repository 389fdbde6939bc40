"""The engine sherpa-onnx (Apache-2.0) behind the port: an extra that nobody must install (`mediator[speech]`).

It reads its model from files and its sound from memory, and talks to no network.
"""

from __future__ import annotations

from array import array
from typing import Final

from mediator.casework.speech import MODEL, TOKENS, ModelKind, SpeechModel
from mediator.core.recordings import FULL_SCALE, RATE
from mediator.errors import Unacceptable, WorldFailed

THREADS: Final = 2


class SherpaTranscriber:
    """One loaded model."""

    def __init__(self, model: SpeechModel) -> None:
        """Load it once its files were checked; raises WorldFailed `speech.no_engine`, Unacceptable `speech.model`."""
        try:
            import sherpa_onnx
        except ImportError:
            raise WorldFailed("speech.no_engine") from None
        files = {"tokens": str(model.folder / TOKENS), "num_threads": THREADS}
        made = sherpa_onnx.OfflineRecognizer
        try:
            if model.kind is ModelKind.PARAFORMER:
                self._recognizer = made.from_paraformer(paraformer=str(model.folder / MODEL), **files)
            else:
                self._recognizer = made.from_sense_voice(model=str(model.folder / MODEL), use_itn=True, **files)
        except (RuntimeError, ValueError):
            raise Unacceptable("speech.model") from None

    def hear(self, pcm: bytes) -> str:
        """See `casework.speech.Transcriber`."""
        stream = self._recognizer.create_stream()
        stream.accept_waveform(RATE, [sample / FULL_SCALE for sample in array("h", pcm)])
        self._recognizer.decode_stream(stream)
        return str(stream.result.text).strip()
