"""zstd with bounds: window, output and ratio are checked while unpacking, never after (T45)."""

from __future__ import annotations

import zstandard

from mediator.errors import Unacceptable
from sync.wire.limits import MAX_PLAIN, MAX_RATIO, MAX_WINDOW_LOG

LEVEL = 3
NONE, ZSTD = 0, 1


def deflate(plain: bytes) -> bytes:
    """One zstd frame with its content size."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(plain)


def squeezed(plain: bytes) -> tuple[int, bytes]:
    """The payload as it is sealed: compressed unless that gains nothing or unpacks to more than readers allow.

    Raises Unacceptable `bundle.size` for more than a reader takes.
    """
    if len(plain) > MAX_PLAIN:
        raise Unacceptable("bundle.size")
    packed = deflate(plain)
    return (ZSTD, packed) if len(packed) < len(plain) <= len(packed) * MAX_RATIO else (NONE, plain)


def inflate_bounded(packed: bytes, plain_size: int) -> bytes:
    """Unpack one frame to exactly `plain_size` bytes; raises Unacceptable `bundle.compression` for anything else.

    The room for the result is what the header declares, and that is bounded before it is taken: a frame that holds
    more fails in that room, and bytes after the frame are refused.
    """
    if not 0 < plain_size <= min(MAX_PLAIN, len(packed) * MAX_RATIO):
        raise Unacceptable("bundle.compression")
    try:
        parameters = zstandard.get_frame_parameters(packed)
        if parameters.window_size > 1 << MAX_WINDOW_LOG or parameters.content_size != plain_size:
            raise Unacceptable("bundle.compression")
        reader = zstandard.ZstdDecompressor(max_window_size=1 << MAX_WINDOW_LOG)
        return reader.decompress(packed, allow_extra_data=False)
    except zstandard.ZstdError:
        raise Unacceptable("bundle.compression") from None
