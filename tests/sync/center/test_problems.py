"""What a refused laptop and a refused person are told: a code, a status, one sentence; never a code for a sentence."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from mediator.errors import Bug, MediatorError, NoAccess, RefusedByRule, Unacceptable, WorldFailed
from sync.center.problems import SENTENCES, STATUS, problem, sentence_of, status_of

HERE = Path(__file__).parents[3] / "sync"
RAISERS = {"RefusedByRule", "NoAccess", "Unacceptable", "WorldFailed"}
AT_THE_COMMAND_LINE = {"center.database_url", "password.long", "room.login"}
WEB = ("center/absorb.py", "center/accounts.py", "center/api.py", "center/application.py", "center/enrollment.py",
       "center/limiting.py", "center/pages.py", "center/publishing.py", "center/revocation.py",
       "center/rule_pages.py", "center/uploads.py", "center/database.py",
       "session/county.py", "wire/bundle.py", "wire/compress.py", "wire/frames.py")  # fmt: skip


def raised() -> set[str]:
    """Codes that stand in the county's rooms behind the web."""
    found = set()
    for name in WEB:
        for node in ast.walk(ast.parse((HERE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISERS and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    found.add(str(code.value))
    return found - AT_THE_COMMAND_LINE


def test_every_code_behind_the_web_has_a_sentence_for_people() -> None:
    codes = raised()
    assert len(codes) > 30
    for code in codes | set(STATUS):
        told = sentence_of(code)
        assert re.fullmatch("[^a-zA-Z_]*(https )?[^a-zA-Z_]*", told), (code, told)
        assert told.endswith("。")


def test_words_are_those_of_the_other_pages() -> None:
    assert not any("加入码" in each for each in SENTENCES.values()), "it is called 登记码 everywhere"
    assert len(set(SENTENCES.values())) == len(SENTENCES), "no two codes are told alike"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Unacceptable("bundle.magic"), 400), (Unacceptable("bundle.signature"), 401), (NoAccess("desk.revoked"), 403),
        (RefusedByRule("bundle.gap", have=3), 409), (Unacceptable("entry.fork"), 409),
        (NoAccess("enroll.expired"), 410), (NoAccess("anything.else"), 403),
        (Unacceptable("bundle.size"), 413), (Unacceptable("bundle.suite"), 415), (Unacceptable("entry.chain"), 422),
        (Unacceptable("schema.newer"), 426), (RefusedByRule("request.rate", retry_after=7), 429),
        (WorldFailed("center.busy"), 503), (WorldFailed("anything.else"), 503), (WorldFailed("center.full"), 507),
        (RefusedByRule("anything.else"), 409), (Bug("center.defect"), 500),
    ],
)  # fmt: skip
def test_each_refusal_has_the_status_of_the_protocol(error: MediatorError, status: int) -> None:
    assert status_of(error) == status
    answer = problem(error)
    told = json.loads(bytes(answer.body))
    assert answer.media_type == "application/problem+json"
    assert (told["type"], told["status"], told["code"]) == (f"urn:mediator:{error.code}", status, error.code)
    assert ("Retry-After" in answer.headers) == (status in (408, 429, 503))


def test_only_what_the_laptop_needs_is_carried() -> None:
    told = json.loads(bytes(problem(RefusedByRule("bundle.gap", have=3, desk="secret", where="place")).body))
    assert told["have"] == 3
    assert "secret" not in str(told)
    assert "place" not in str(told)
    busy = problem(RefusedByRule("request.rate", retry_after=7))
    assert busy.headers["Retry-After"] == "7"
    assert problem(RefusedByRule("upload.offset", offset=9)).headers["Upload-Offset"] == "9"
