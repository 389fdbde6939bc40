"""The pages of a vault's database in clear, freelist and log included: what somebody with the key could carve out.

SQLCipher 4: AES-256-CBC under the raw key, the last 80 bytes of a page are its IV and its MAC; the first page begins
with the salt in clear (FORMATS, "Vault folder").
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16
LOG_HEAD, FRAME_HEAD = 32, 24


def clear_page(page: bytes, key: bytes, *, first: bool) -> bytes:
    """What a page holds."""
    start, end = SALT if first else 0, PAGE - RESERVED
    opener = Cipher(algorithms.AES(key), modes.CBC(page[end : end + IV])).decryptor()
    return opener.update(page[start:end]) + opener.finalize()


def clear_pages(folder: Path, key: bytes) -> Iterator[tuple[str, bytes]]:
    """Every page of file and log with its name, also those that the database has given up."""
    data = (folder / "vault.db").read_bytes()
    for at in range(0, len(data), PAGE):
        yield f"page {at // PAGE + 1}", clear_page(data[at : at + PAGE], key, first=at == 0)
    log = (folder / "vault.db-wal").read_bytes() if (folder / "vault.db-wal").is_file() else b""
    for at in range(LOG_HEAD, len(log) - FRAME_HEAD, FRAME_HEAD + PAGE):
        number = int.from_bytes(log[at : at + 4], "big")
        page = log[at + FRAME_HEAD : at + FRAME_HEAD + PAGE]
        yield f"log of page {number}", clear_page(page, key, first=number == 1)
