"""Court confirmation and the notary after an agreement: may it be asked for, why not, how far it came (rules.md 4).

Pure: what only the room knows, the last day of D04 and the rules that the lint found, is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.codes import AgreementForm, CaseKind, Code
from mediator.core.course import Event
from mediator.core.events import EventWord
from mediator.core.performing import Owed, obligations_now
from mediator.core.records import Agreement, Case


class Path(Code):
    """The two roads that make an agreement enforceable; the value is the road's row of the table."""

    CONFIRMATION = "confirmation", "司法确认"
    NOTARY = "notary", "赋强公证"


class Step(Code):
    """How far one of them came."""

    ASKED = "asked", "已申请"
    GRANTED = "granted", "已办成"
    REFUSED = "refused", "未获准"


class WhyNot(Code):
    """Why it cannot be asked for now, as a mediator tells it to the parties."""

    BODY = "body", "不是人民调解委员会主持达成的协议"
    UNSIGNED = "unsigned", "协议还没有生效"
    ORAL = "oral", "口头协议，应当先制作书面协议"
    DONE = "done", "协议内容已经履行完毕，没有需要执行的内容"
    DOUBT = "doubt", "协议内容有两个不同的值，应当先选定一个"
    VAGUE = "vague", "有的义务没有写明内容或者期限，无法执行"
    OVER = "over", "协议生效已超过三十日，不能再申请"
    STATUS = "status", "内容涉及身份关系，人民法院不予确认"
    TITLE = "title", "内容涉及物权确权，人民法院不予确认"
    ACT = "act", "有的义务不是给付金钱、物品或者有价证券"
    DISPUTED = "disputed", "一方对债务提出了异议"
    CLAUSE = "clause", "协议没有写明债务人愿意接受强制执行"


WORDS: Final[Mapping[tuple[Path, Step], EventWord]] = {
    (Path.CONFIRMATION, Step.ASKED): EventWord.CONFIRMATION_ASKED,
    (Path.CONFIRMATION, Step.GRANTED): EventWord.CONFIRMED,
    (Path.CONFIRMATION, Step.REFUSED): EventWord.CONFIRMATION_REFUSED,
    (Path.NOTARY, Step.ASKED): EventWord.NOTARY_ASKED,
    (Path.NOTARY, Step.GRANTED): EventWord.NOTARIZED,
    (Path.NOTARY, Step.REFUSED): EventWord.NOTARY_REFUSED,
}
AFTER: Final[Mapping[Step | None, tuple[Step, ...]]] = {
    None: (Step.ASKED,), Step.ASKED: (Step.GRANTED, Step.REFUSED), Step.GRANTED: (), Step.REFUSED: (Step.ASKED,),
}  # fmt: skip
OWN_KINDS: Final = (CaseKind.SETTLEMENT, CaseKind.ADMINISTRATIVE_MEDIATION, CaseKind.JUDICIAL_MEDIATION)
AN_ACT: Final = re.compile("道歉|停止|拆除|清理|恢复|修复|不再|协助|配合|迁移|搬离|腾退|消除|保证|办理")
CONSENT: Final = re.compile(
    "(?<!不)(?:愿意|愿|同意|自愿|承诺)(?:直接|依法)?接?受(?:依法)?(?:人民法院|法院)?(?:的)?(?:依法)?强制执行|赋予强制执行效力"
)
REFUSAL: Final = re.compile("不(?:同意|愿意|愿|接受|办理|申请)[^。；]{0,20}强制执行")


@dataclass(frozen=True, slots=True)
class Look:
    """A case as it is judged: `until` is the last day of D04, `rules` what the lint found."""

    case: Case
    today: date
    until: date | None = None
    rules: frozenset[str] = frozenset()

    @property
    def left(self) -> tuple[Owed, ...]:
        """What is still to be performed."""
        return tuple(each for each in obligations_now(self.case) if not each.done)


def vague(owed: Owed) -> bool:
    """Says neither what nor by when (SQR 7)."""
    told = owed.now.amount is not None or owed.now.goods.strip()
    return not told or not (owed.now.due_on or owed.now.due_as_given.strip())


def acts(owed: Owed) -> bool:
    """Something to be done or left alone, no sum and no thing (GZF 37)."""
    return owed.now.amount is None and bool(AN_ACT.search(owed.now.goods))


def in_doubt(look: Look) -> bool:
    """Two values of one thing that nobody has chosen between, in the agreement, in what it asks for or changed it."""
    owed = obligations_now(look.case)
    changed = {each.id for duty in owed for each in duty.changes}
    contested = any(each.contested for each in owed)
    return contested or any(each.entity in parts_of(look.case) | changed for each in look.case.conflicts)


def parts_of(case: Case) -> set[str]:
    """The agreement, its clauses and obligations, as conflicts name them."""
    agreement = case.agreement or Agreement()
    return {"agreement", *(each.id for each in agreement.clauses), *(each.id for each in agreement.obligations)}


def consents(case: Case) -> bool:
    """A clause says that the debtor accepts enforcement; one that refuses it says the opposite."""
    texts = [each.text for each in case.clauses]
    return any(CONSENT.search(text) and not REFUSAL.search(text) for text in texts)


def disputed(look: Look) -> bool:
    """A party spoke against the debt since the agreement."""
    said, agreement = look.case.course.last(EventWord.DEBT_DISPUTED.value), look.case.agreement
    return said is not None and (agreement is None or agreement.signed_on is None or said.on >= agreement.signed_on)


def unsigned(look: Look) -> bool:
    """No agreement is in force."""
    return look.case.agreement is None or not look.case.agreement.is_signed


def oral(look: Look) -> bool:
    """It was agreed by word of mouth."""
    return look.case.agreement is not None and look.case.agreement.form is AgreementForm.ORAL


Check = tuple[WhyNot, Callable[[Look], bool]]
BOTH: Final[tuple[Check, ...]] = (
    (WhyNot.ORAL, oral),
    (WhyNot.DONE, lambda look: bool(obligations_now(look.case)) and not look.left),
    (WhyNot.DOUBT, in_doubt),
    (WhyNot.VAGUE, lambda look: any(map(vague, look.left))),
)
CHECKS: Final[Mapping[Path, tuple[Check, ...]]] = {
    Path.CONFIRMATION: (
        (WhyNot.BODY, lambda look: look.case.kind in OWN_KINDS),
        *BOTH,
        (WhyNot.OVER, lambda look: look.until is not None and look.today > look.until),
        (WhyNot.STATUS, lambda look: "V27" in look.rules),
        (WhyNot.TITLE, lambda look: "V28" in look.rules),
    ),
    Path.NOTARY: (
        *BOTH,
        (WhyNot.ACT, lambda look: any(map(acts, look.left))),
        (WhyNot.DISPUTED, disputed),
        (WhyNot.CLAUSE, lambda look: not consents(look.case)),
    ),
}


def why_not(look: Look, path: Path) -> tuple[WhyNot, ...]:
    """Every reason at once, none when it may be asked for today; a draft has one reason alone."""
    if unsigned(look):
        return (WhyNot.UNSIGNED,)
    return tuple(reason for reason, holds in CHECKS[path] if holds(look))


def steps_of(case: Case, path: Path) -> tuple[tuple[Step, Event], ...]:
    """What was recorded of a road by its days, entries of one day as they were made."""
    steps = {word.value: step for (road, step), word in WORDS.items() if road is path}
    rows = [(steps[each.event], each) for each in case.course.events if each.event in steps]
    return tuple(sorted(rows, key=lambda row: row[1].on))


def reached(case: Case, path: Path) -> Step | None:
    """How far it came, None while nobody asked."""
    rows = steps_of(case, path)
    return rows[-1][0] if rows else None
