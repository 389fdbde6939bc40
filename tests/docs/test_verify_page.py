"""The page on the stick, in a real browser: four answers, no network, nothing that its policy refuses."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.mark import Mark, key_id, signed_mark
from mediator.docs.verify_page import Known, verify_page
from tests.docs.papers import KEY, PAPER, a_stamp
from tests.sync.center.browser import Browser, browser

PUBLIC = KEY.public_key().public_bytes_raw()
OLD = bytes(range(32, 48))
NEW_NUMBER = "（2026）缙壶民调字第0031号-协2"
KNOWN = Known({key_id(PUBLIC): PUBLIC}, {OLD.hex(): NEW_NUMBER})
DAY = date(2026, 3, 9)
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def a_mark(paper: bytes = PAPER, *, key: Ed25519PrivateKey = KEY) -> Mark:
    """A mark of three pages."""
    return a_stamp(paper=paper, key=key).mark(bytes(32), 3)


def forged() -> Mark:
    """A mark that names our key and was signed with another."""
    return signed_mark(PAPER, bytes(16), 3, public=PUBLIC, sign=OTHER.sign)


@dataclass
class Page:
    """The page, open."""

    tab: Browser
    url: str

    def answer(self, text: str, code: str, pages: str) -> tuple[str, str]:
        """Type as a person and a scanner do, and read what the page says."""
        self.tab.go(self.url)
        for selector, words in (("#text", text), ("#code", code), ("#pages", pages)):
            self.tab.type_into(selector, words)
        self.tab.call(
            "Runtime.evaluate", expression="new Promise((done) => { new MutationObserver(() => done(1)).observe("
            "document.getElementById('note'), { childList: true }); document.querySelector('button').click(); })",
            awaitPromise=True,
        )  # fmt: skip
        return str(self.tab.ask("document.getElementById('state').textContent")), str(
            self.tab.ask("document.getElementById('note').textContent")
        )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    file = tmp_path_factory.mktemp("stick") / "核对.html"
    file.write_bytes(verify_page(KNOWN, office="缙云县壶镇镇人民调解委员会", day=DAY))
    with browser() as tab:
        yield Page(tab, file.as_uri())


TRUE, REPLACED, STRANGE, POSING = a_mark(), a_mark(OLD), a_mark(key=OTHER), forged()
WIDE = "".join(chr(ord(char) + 0xFEE0) for char in TRUE.code)
ANSWERS = [
    (TRUE.text, TRUE.code, "3", "相符"),
    (TRUE.text, TRUE.code.lower().replace("-", " "), " 3 ", "相符"),
    (TRUE.text, WIDE, "３", "相符"),
    (TRUE.text, REPLACED.code, "3", "已更改"),
    (TRUE.text, TRUE.code, "4", "已更改"),
    (TRUE.text, TRUE.code, "三", "已更改"),
    (POSING.text, POSING.code, "3", "已更改"),
    (TRUE.text[:20] + ("A" if TRUE.text[20] != "A" else "B") + TRUE.text[21:], TRUE.code, "3", "已更改"),
    (REPLACED.text, REPLACED.code, "3", "已被替代"),
    (REPLACED.text, TRUE.code, "3", "已更改"),
    (STRANGE.text, STRANGE.code, "3", "未知"),
    (TRUE.text[:-1], TRUE.code, "3", "未知"),
    ("M2:" + TRUE.text[3:], TRUE.code, "3", "未知"),
    ("https://example.org/", "x", "1", "未知"),
    ("<b>M1</b>", "x", "1", "未知"),
]


@pytest.mark.parametrize(("text", "code", "pages", "state"), ANSWERS)
def test_the_page_gives_one_of_four_answers(page: Page, text: str, code: str, pages: str, state: str) -> None:
    assert page.answer(text, code, pages)[0] == state
    assert page.tab.complaints == []


def test_a_paper_that_was_replaced_names_the_one_that_counts(page: Page) -> None:
    assert NEW_NUMBER in page.answer(REPLACED.text, REPLACED.code, "3")[1]


def test_a_browser_that_cannot_verify_says_so_and_answers_nothing(page: Page) -> None:
    page.tab.call("Page.addScriptToEvaluateOnNewDocument", source="delete SubtleCrypto.prototype.importKey")
    told = page.answer(TRUE.text, TRUE.code, "3")
    page.tab.call("Page.removeScriptToEvaluateOnNewDocument", identifier="1")
    assert told == ("还不能核对", "这个浏览器不能核对签名，请换用新版的浏览器。")


def test_enter_after_a_scan_leads_to_the_code_and_nothing_is_answered_before_all_is_typed(page: Page) -> None:
    page.tab.go(page.url)
    page.tab.type_into("#text", TRUE.text)
    for kind in ("keyDown", "keyUp"):
        page.tab.call(
            "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r"
        )
    assert page.tab.ask("document.activeElement.id") == "code"
    assert page.tab.ask("document.getElementById('answer').hidden") is True


def test_the_page_asks_for_nothing_but_itself(page: Page) -> None:
    page.answer(TRUE.text, TRUE.code, "3")
    asked = [
        told["params"]["request"]["url"] for told in page.tab.events if told["method"] == "Network.requestWillBeSent"
    ]
    assert all(url.startswith("file:") for url in asked)
    refused = page.tab.call(
        "Runtime.evaluate", expression="fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')",
        awaitPromise=True, returnByValue=True,
    )  # fmt: skip
    assert refused["result"]["value"] == "refused"
    page.tab.complaints.clear()


def test_script_and_style_are_those_that_the_policy_names() -> None:
    html = verify_page(KNOWN, office="所", day=DAY).decode()
    policy = re.search('Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        inner = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert len(inner) == 1
        digest = base64.b64encode(hashlib.sha256(inner[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert "http:" not in html
    assert "https:" not in html


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_of_an_office_and_no_number_becomes_part_of_the_page(office: str, number: str) -> None:
    hostile = f"{office}</script><script>{{known}}{{script}}"
    html = verify_page(Known({}, {"00": f"</script>{number}"}), office=hostile, day=DAY).decode()
    assert html.count("<script") == html.count("</script>") == 2
    (known,) = re.findall('<script type="application/json" id="known">(.*?)</script>', html, re.DOTALL)
    assert json.loads(known)["superseded"] == {"00": f"</script>{number}"}
