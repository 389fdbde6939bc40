"""The recorder's process with a microphone that a test speaks into: `hear SECONDS LOUD` and `pull` beside its lines."""

from __future__ import annotations

import sys

from mediator.ui.microphone import HandedMicrophone
from mediator.ui.recorder import Recorder, confine, say
from tests.casework.tapes import tone


def main(*, plugged: bool) -> None:
    """Until the recorder leaves or nobody is there any more."""
    confine()
    microphone, over, heard = HandedMicrophone(plugged=plugged), list[bool](), 0
    recorder = Recorder(microphone, say, lambda: over.append(True))
    while not over:
        line = sys.stdin.readline()
        word, _, rest = line.strip().partition(" ")
        if word == "hear":
            seconds, _, loud = rest.partition(" ")
            pcm = tone(float(seconds), first=heard, loud=int(loud or 9000))
            heard += len(pcm) // 2
            for start in range(0, len(pcm), 3200):
                microphone.hear(pcm[start : start + 3200])
        elif word == "pull":
            microphone.pull()
        else:
            recorder.line(line.strip())


if __name__ == "__main__":
    main(plugged="unplugged" not in sys.argv)
