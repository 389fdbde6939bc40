"""Pictures inside a template: looked at by their head alone, counted in points before anything is decoded (T38)."""

from __future__ import annotations

import io
import warnings
from typing import Final

from PIL import Image, UnidentifiedImageError

from mediator.docs.templates.package import refused

MAX_POINTS: Final = 50_000_000
FORMATS: Final = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}


def refuse_bad_picture(name: str, raw: bytes) -> None:
    """Raise Unacceptable `template.package`, fault `picture`, for what is no PNG or JPEG of at most 50 MP."""
    wanted = FORMATS[name.rpartition(".")[2].lower()]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=(wanted,)) as picture:
                width, height = picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError,
            SyntaxError):  # fmt: skip
        raise refused("picture", name) from None
    if width * height > MAX_POINTS:
        raise refused("picture", name)
