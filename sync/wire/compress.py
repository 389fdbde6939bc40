"""zstd with bounds: window, output and ratio are checked while unpacking, never after (T45)."""

from __future__ import annotations

import zstandard

from mediator.errors import Unacceptable
from sync.wire.limits import MAX_PLAIN, MAX_RATIO, MAX_WINDOW_LOG

LEVEL = 3
STEP = 1 << 20


def deflate(plain: bytes) -> bytes:
    """One zstd frame with its content size."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(plain)


def inflate_bounded(packed: bytes, plain_size: int) -> bytes:
    """Unpack to exactly `plain_size` bytes; raises Unacceptable `bundle.compression` for anything else."""
    if plain_size > MAX_PLAIN or plain_size > max(len(packed), 1) * MAX_RATIO:
        raise Unacceptable("bundle.compression")
    try:
        parameters = zstandard.get_frame_parameters(packed)
        if parameters.window_size > 1 << MAX_WINDOW_LOG or parameters.content_size != plain_size:
            raise Unacceptable("bundle.compression")
        reader = zstandard.ZstdDecompressor(max_window_size=1 << MAX_WINDOW_LOG).stream_reader(packed)
        chunks, total = [], 0
        while chunk := reader.read(STEP):
            total += len(chunk)
            if total > plain_size:
                raise Unacceptable("bundle.compression")
            chunks.append(chunk)
    except zstandard.ZstdError:
        raise Unacceptable("bundle.compression") from None
    if total != plain_size:
        raise Unacceptable("bundle.compression")
    return b"".join(chunks)
