"""The mark of an issued paper: frozen bytes, one spelling, a signature that only its key makes."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mediator.crypto.signing import verify
from mediator.docs.mark import (
    DOMAIN,
    LENGTH,
    Mark,
    check_signature,
    key_id,
    printed_code,
    read_mark,
    signed_mark,
    text_digest,
    words_for,
)
from mediator.errors import Unacceptable
from tests.docs.papers import KEY, PAPER, a_stamp

WORDS = "缙云县壶镇镇人民调解委员会\n人民调解协议书　第 1 号"
PUBLIC = KEY.public_key().public_bytes_raw()
# FORMATS.md, "Mark of a paper": the same vector, byte by byte. A mark once printed is never redefined.
TEXT = (
    "M1:AQABAgMEBQYHCAkKCwwNDg8m8lg7BIdGMU5RxDBADMABAAMh_jHfoVSiYa6Gd8UGv9AJ49"
    "_qKlOUZRuIsX6SL7muTaHn_jEpazS8QUaKzqe5J9in5GKNoYVYvYpRjIghqsK99W8NGMYObAk"
)
CODE = "8ZFX-TEMM"


def a_mark(pages: int = 3) -> Mark:
    """The mark of the vector."""
    return a_stamp().mark(text_digest(WORDS), pages)


def test_the_vector_stands_as_it_was_frozen() -> None:
    mark = a_mark()
    assert (mark.text, mark.code, len(mark.text)) == (TEXT, CODE, 146)
    assert words_for(mark) == f"核对码：{CODE}"


def test_the_bytes_stand_where_the_formats_page_says() -> None:
    data = base64.urlsafe_b64decode(TEXT[3:] + "=")
    digest = hashlib.sha256("缙云县壶镇镇人民调解委员会人民调解协议书第1号".encode()).digest()
    assert (len(data), data[0], data[1:17], data[17:33]) == (LENGTH, 1, PAPER, digest[:16])
    assert (data[33:35], data[35:43]) == (b"\x00\x03", hashlib.sha256(PUBLIC).digest()[:8])
    KEY.public_key().verify(data[43:], b"mediator/paper/1\0" + data[:43])


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=32, max_size=32), st.integers(0, 65535))
def test_a_mark_reads_back_as_it_was_made(paper: bytes, digest: bytes, pages: int) -> None:
    mark = signed_mark(paper, digest, pages, public=PUBLIC, sign=KEY.sign)
    assert read_mark(mark.text) == mark
    check_signature(mark, PUBLIC, verify)


@given(st.integers(0, LENGTH * 8 - 1))
def test_no_bit_can_be_turned(bit: int) -> None:
    data = bytearray(base64.urlsafe_b64decode(TEXT[3:] + "="))
    data[bit // 8] ^= 1 << bit % 8
    text = "M1:" + base64.urlsafe_b64encode(bytes(data)).decode().rstrip("=")
    with pytest.raises(Unacceptable):
        check_signature(read_mark(text), PUBLIC, verify)


@pytest.mark.parametrize(
    "text",
    ["", "M1:", TEXT[:-1], TEXT + "A", TEXT + "=", "M2:" + TEXT[3:], TEXT.lower(), TEXT + "\n", " " + TEXT,
     TEXT[:-1] + "B", "M1:" + "+" + TEXT[4:], "https://example.org/" + TEXT],
)  # fmt: skip
def test_anything_but_a_whole_mark_in_its_one_spelling_is_refused(text: str) -> None:
    with pytest.raises(Unacceptable, match=r"mark\.form"):
        read_mark(text)


@given(st.text(max_size=200))
def test_no_text_brings_the_reader_down(text: str) -> None:
    for each in (text, "M1:" + text):
        with pytest.raises(Unacceptable, match=r"mark\.form"):
            read_mark(each)


@pytest.mark.threat("T65")
def test_another_key_makes_no_mark_of_ours() -> None:
    mark = a_mark()
    forged = replace(mark, signature=Ed25519PrivateKey.from_private_bytes(bytes(32)).sign(DOMAIN + mark.signed))
    assert forged.key == key_id(PUBLIC)
    with pytest.raises(Unacceptable, match=r"signature\.bad"):
        check_signature(forged, PUBLIC, verify)
    assert forged.code != mark.code


def test_blanks_do_not_count_and_every_other_character_does() -> None:
    assert text_digest(f" {WORDS}\n\t　") == text_digest(WORDS.replace("\n", " "))
    for other in (WORDS + "。", WORDS[1:], f"{WORDS}核对码：{CODE}"):
        assert text_digest(other) != text_digest(WORDS)


def test_the_code_is_read_where_it_ends_a_margin_and_nowhere_else() -> None:
    assert printed_code(f"当事人签名：核对码：\n{CODE}") == CODE
    assert printed_code(f"核对用的二维码，核对码：{CODE}") == CODE
    for other in (f"核对码：{CODE}。", f"核对码：{CODE}{WORDS}", CODE, "核对码：8ZFX-TEMU"):
        assert printed_code(other) == ""
