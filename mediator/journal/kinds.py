"""Kinds of entries: who may write them, how far they go, and what their bodies hold.

A kind is never redefined; a wrong one gets a successor. Unknown kinds are kept, passed on and counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mediator.journal.checks import (
    Check,
    field_fault,
    is_character,
    is_count,
    is_day,
    is_files,
    is_flag,
    is_id,
    is_ids,
    is_key,
    is_object,
    is_small_png,
    is_strokes,
    is_targets,
    is_text,
    is_texts,
    is_two,
    is_wraps,
)
from mediator.journal.content import content_digest, is_content
from mediator.journal.reach import Reach
from mediator.journal.transcripts import TRANSCRIPT, facts_of, is_facts

MOST_NUMBERS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind: `needs` are members the body must have, `entity` names the table that checks `fields`.

    `filled` are fields without which the fact says nothing; `item` is the kind of item that the member `names` points
    to; a kind with `once` writes that field only where nobody did.
    """

    reach: Reach = Reach.COUNTY
    owner: str = "laptop"
    version: int = 1
    needs: Mapping[str, Check] = field(default_factory=dict)
    entity: str = ""
    filled: tuple[str, ...] = ()
    item: str = ""
    names: str = "id"
    once: str = ""

    def fault(self, body: Mapping[str, object]) -> str:
        """Code of what is wrong with a body, empty when it is good; unknown members are no fault."""
        for name, check in self.needs.items():
            if name not in body or not check(body[name]):
                return f"entry.body.{name}"
        fields = body.get("fields")
        if self.entity and isinstance(fields, dict):
            wrong = field_fault(self.entity, fields, self.filled)
            return f"entry.field.{wrong}" if wrong else ""
        return ""


class SigningRule(KindRule):
    """`agreement.signed`: the digest is that of the content it stands beside."""

    __slots__ = ()

    def fault(self, body: Mapping[str, object]) -> str:
        """As for every kind, and `entry.body.digest` when content and digest are not of one agreement."""
        wrong = KindRule.fault(self, body)
        content = body.get("content")
        if wrong or not isinstance(content, dict) or content_digest(content) == body["digest"]:
            return wrong
        return "entry.body.digest"


class TranscriptRule(KindRule):
    """`case.imported`: every fact must be sound by the rule of its own kind, for it counts whole or not at all."""

    __slots__ = ()

    def fault(self, body: Mapping[str, object]) -> str:
        """As for every kind, and the code of the first fact that is none; versions of these kinds rise together."""
        wrong = KindRule.fault(self, body)
        told = () if wrong else facts_of(TRANSCRIPT, body)
        return wrong or next((fault for kind, said in told if (fault := KINDS[kind].fault(said))), "")


class BlockRule(KindRule):
    """`numbers.granted`, `numbers.closed`: numbers from 1 on, at least one of them, no more than a block can hold."""

    __slots__ = ()

    def fault(self, body: Mapping[str, object]) -> str:
        """As for every kind, and `entry.body.to` for a block that is none."""
        wrong = KindRule.fault(self, body)
        if wrong:
            return wrong
        first, last = body["from"], body["to"]
        sound = isinstance(first, int) and isinstance(last, int) and 1 <= first <= last < first + MOST_NUMBERS
        return "" if sound else "entry.body.to"


def _of(entity: str, *, filled: tuple[str, ...] = ()) -> KindRule:
    """Rule of a kind that writes fields of one of several items; a fact that must be filled stands once."""
    needs: dict[str, Check] = {"fields": is_object, "id": is_id}
    return KindRule(needs=needs, entity=entity, item=entity, filled=filled, once=filled[0] if filled else "")


def _order(owner: str, *filled: str) -> KindRule:
    """Rule of a kind that writes fields of an order; room and county may raise the same one, so none stands once."""
    needs: dict[str, Check] = {"fields": is_object, "id": is_id}
    return KindRule(owner=owner, needs=needs, entity="supervision", item="supervision", filled=filled)


def _sole(entity: str) -> KindRule:
    """Rule of a kind that writes fields of the case or of its agreement, of which there is one."""
    return KindRule(needs={"fields": is_object}, entity=entity)


def _gone(entity: str) -> KindRule:
    """Rule of a kind that says an item is no longer there."""
    return KindRule(needs={"id": is_id}, item=entity)


def _center(**needs: Check) -> KindRule:
    """Rule of a kind that the center alone writes."""
    return KindRule(owner="center", needs=needs)


_CENTER: Final = _center()
_BLOCK: Final[Mapping[str, Check]] = {
    "desk": is_id, "kind": is_text, "year": is_count, "room": is_text, "from": is_count, "to": is_count,
}  # fmt: skip
_ROOM: Final = KindRule(reach=Reach.ROOM)
_ERASING: Final[Mapping[str, Check]] = {"targets": is_targets, "ground": is_text, "decided_by": is_two}
# What rooms of a township share once it has a key; looks and logins stay on their computer (security.md 7).
SEALED: Final = frozenset({"recording.keyed"})
# A reader that does not know one of these must not go on as if nothing were gone (head `x`).
MUST_BE_UNDERSTOOD: Final = frozenset({"entry.erased", "case.erased"})
KINDS: Final[Mapping[str, KindRule]] = {
    "case.opened": _sole("case"),
    "case.set": _sole("case"),
    "case.moved": KindRule(needs={"to": is_text}),
    "case.numbered": KindRule(needs={"number": is_text}),
    "case.granted": _center(room=is_text, township=is_text, name=is_text, owner=is_text),
    "case.released": _center(room=is_text, desks=is_ids),
    TRANSCRIPT: TranscriptRule(needs={"facts": is_facts}),
    "party.added": _of("party"),
    "party.set": _of("party"),
    "party.left": _gone("party"),
    "hearing.opened": _of("hearing"),
    "hearing.set": _of("hearing"),
    "hearing.sentence": KindRule(
        needs={"id": is_id, "hearing": is_id, "speaker": is_text, "text": is_text, "at": is_count},
        item="sentence", once="speaker",
    ),
    "hearing.corrected": KindRule(needs={"id": is_id, "hearing": is_id, "text": is_text}, item="sentence"),
    "hearing.closed": KindRule(
        needs={"hearing": is_id, "digest": is_text, "count": is_count}, item="hearing", names="hearing"
    ),
    "hearing.marked": KindRule(needs={"id": is_id, "hearing": is_id, "marked": is_flag}, item="sentence"),
    "hearing.read": KindRule(
        needs={"hearing": is_id, "by": is_text, "turns": is_texts, "digest": is_key, "at": is_count},
        item="hearing", names="hearing",
    ),
    "hearing.signed": KindRule(
        needs={"hearing": is_id, "signer": is_text, "way": is_text, "digest": is_key, "strokes": is_strokes,
               "reason": is_text, "at": is_count},
        item="hearing", names="hearing",
    ),
    "recording.agreed": KindRule(needs={"hearing": is_id, "name": is_text, "way": is_text, "at": is_count}),
    "recording.withdrawn": KindRule(needs={"hearing": is_id, "name": is_text, "at": is_count}),
    "recording.begun": KindRule(needs={"id": is_id, "hearing": is_id, "at": is_count}),
    "recording.keyed": KindRule(reach=Reach.ROOM, needs={"id": is_id, "key": is_key}),
    "recording.ended": KindRule(
        needs={"id": is_id, "samples": is_count, "chunks": is_count, "size": is_count, "digest": is_key,
               "ending": is_text, "at": is_count}
    ),
    "agreement.set": _sole("agreement"),
    "clause.added": _of("clause"),
    "clause.set": _of("clause"),
    "clause.removed": _gone("clause"),
    "agreement.order": KindRule(needs={"clauses": is_texts}),
    "obligation.added": _of("obligation"),
    "obligation.set": _of("obligation"),
    "obligation.removed": _gone("obligation"),
    "agreement.signed": SigningRule(needs={"digest": is_text, "form": is_text, "content": is_content}),
    "payment.recorded": _of("payment", filled=("obligation", "amount", "paid_on")),
    "payment.voided": _gone("payment"),
    "follow_up.recorded": _of("follow_up", filled=("visited_on",)),
    "form.added": _of("form", filled=("paper",)),
    "form.set": _of("form"),
    "form.removed": _gone("form"),
    "document.issued": KindRule(
        needs={"id": is_id, "kind": is_text, "number": is_text, "title": is_text, "pages": is_count, "files": is_files}
    ),
    "evidence.attached": _of("evidence", filled=("sha256", "title", "place", "pages", "size")),
    "evidence.removed": _gone("evidence"),
    "dossier.excused": KindRule(needs={"item": is_text, "reason": is_text}),
    "dossier.filed": KindRule(
        needs={"id": is_id, "sha256": is_text, "manifest": is_text, "pages": is_count, "items": is_count}
    ),
    "template.proposed": KindRule(
        needs={"id": is_id, "kind": is_text, "version": is_text, "valid_from": is_day, "sha256": is_text,
               "login": is_text, "data": is_texts}
    ),
    "template.approved": KindRule(needs={"id": is_id, "sha256": is_text, "login": is_text}),
    "template.withdrawn": KindRule(needs={"id": is_id, "login": is_text, "reason": is_text}),
    "template.issued": _center(id=is_id, sha256=is_text, login=is_text),
    "template.recalled": _center(id=is_id, login=is_text, reason=is_text),
    "character.pictured": KindRule(needs={"char": is_character, "png": is_small_png}),
    "conflict.resolved": KindRule(needs={"entity": is_text, "field": is_text, "reason": is_text}),
    "link.added": _of("link", filled=("other", "reason", "role")),
    "link.removed": _gone("link"),
    "event.recorded": _of("event", filled=("event", "on")),
    "event.voided": _gone("event"),
    "period.changed": _of("period", filled=("rule", "step", "on")),
    "period.voided": _gone("period"),
    "supervision.raised": _order("laptop", "sort", "rule", "text"),
    "supervision.issued": _order("center", "sort", "rule", "text"),
    "supervision.received": KindRule(needs={"id": is_id, "on": is_day}, item="supervision"),
    "supervision.answered": _order("laptop", "answer", "answered_on"),
    "supervision.judged": _order("center", "verdict"),
    "satisfaction.recorded": _of("satisfaction", filled=("asked_on", "about", "answer")),
    "satisfaction.voided": _gone("satisfaction"),
    "amendment.recorded": _of("amendment", filled=("obligation", "on")),
    "amendment.voided": _gone("amendment"),
    "likeness.judged": _of("likeness", filled=("other", "likeness", "same")),
    "finding.passed": KindRule(needs={"rule": is_text, "place": is_text, "digest": is_text, "reason": is_text}),
    "note.private": KindRule(reach=Reach.PRIVATE, needs={"text": is_text}),
    "entry.erased": KindRule(needs=_ERASING),
    "case.erased": _center(**_ERASING),
    "erasure.done": KindRule(needs={"desk": is_id, "n": is_count}),
    "township.key": KindRule(needs={"id": is_id, "epoch": is_count, "wraps": is_wraps}),
    "desk.opened": _ROOM,
    "desk.succeeds": KindRule(),
    "desk.enrolled": _center(desk=is_id, sign=is_key, township=is_text, room=is_text, seat=is_text),
    "desk.revoked": _center(desk=is_id, seat=is_text, no=is_count),
    "order.issued": _CENTER,
    "table.published": _center(name=is_text, version=is_text, valid_from=is_day, content=is_object),
    "numbers.granted": BlockRule(owner="center", needs=_BLOCK),
    "numbers.closed": BlockRule(owner="center", needs=_BLOCK),
}  # fmt: skip


def rule_of(kind: str) -> KindRule | None:
    """The rule of a known kind; every `access.*` and `audit.*` kind stays in the room."""
    if kind.startswith(("access.", "audit.")):
        return _ROOM
    return KINDS.get(kind)


def reach_of(kind: str) -> Reach:
    """The one reach of a kind; raises KeyError for a kind this program does not write."""
    rule = rule_of(kind)
    if rule is None:
        raise KeyError(kind)
    return rule.reach


def version_of(kind: str) -> int:
    """Version of the kind this program writes."""
    rule = rule_of(kind)
    return rule.version if rule else 1
