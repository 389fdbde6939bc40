# ruff: noqa: E501 — a row of the table holds a rule's agreements side by side
"""Agreements for the lint: a whole one in which there is nothing to find, three flawed ones a rule, and a near miss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from mediator.core.codes import AgreementForm, CaseKind, PartyKind, Scope, Side
from mediator.core.money import Fen
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    Clause,
    ClauseId,
    Hearing,
    HearingId,
    Obligation,
    ObligationId,
    Party,
    PartyId,
    Turn,
    TurnId,
)

SIGNED: Final = date(2026, 3, 5)
P1, P2, P3, P4 = (PartyId(f"0{number}" * 16) for number in (1, 2, 3, 4))
PAY: Final = "李建军于2026年5月6日前支付张秀兰人民币3,090.00元（大写：叁仟零玖拾元整），张秀兰收款后应当出具收条。"
BREACH: Final = "李建军逾期不付的，张秀兰可以向人民法院起诉。"
SAID: Final = (
    ("王调解", "告知权利义务，三十日内可以申请司法确认。"),
    ("李建军", "我同意五月初付清。"),
    ("赵记录", "笔录已宣读，双方签字。"),
)
Change = Callable[[Case], Case]


def whole() -> Case:
    """Nothing to find in it."""
    turns = tuple(
        Turn(TurnId(f"{number:032x}"), speaker, text, party=P2 if speaker == "李建军" else None)
        for number, (speaker, text) in enumerate(SAID)
    )
    hearing = Hearing(
        HearingId("0e" * 16), datetime(2026, 3, 5, 1, tzinfo=UTC), "调解室", ("王调解",), "赵记录", turns, closed=True
    )
    owed = Obligation(
        ObligationId("0a" * 16), "李建军", "张秀兰", Fen(309_000), date(2026, 5, 6), method="银行转账", payer_party=P2,
        payee_party=P1,
    )  # fmt: skip
    agreement = Agreement(
        clauses=(Clause(ClauseId("0c" * 16), PAY), Clause(ClauseId("0d" * 16), BREACH)), obligations=(owed,),
        disputed_points="工资数额", responsibility="李建军承担付款责任", place="调解室", signed_on=SIGNED, copies=3,
    )  # fmt: skip
    return Case(
        CaseId("ab" * 16), CaseKind.PEOPLE_MEDIATION, "拖欠工资", "劳动争议纠纷",
        facts="张秀兰在李建军的工地做木工，工资3090元没有付清。", organization="壶镇镇人民调解委员会",
        parties=(
            Party(P1, "a", Side.APPLICANT, PartyKind.PERSON, "张秀兰", id_number="331122196805040017", phone="10012345678"),
            Party(P2, "b", Side.RESPONDENT, PartyKind.PERSON, "李建军", id_number="331122197703150025", phone="10087654321"),
        ),
        hearings=(hearing,), agreement=agreement,
    )  # fmt: skip


def case(**members: Any) -> Change:
    """Change members of the case."""
    return lambda old: replace(old, **members)


def agreed(**members: Any) -> Change:
    """Change members of the agreement."""
    return lambda old: replace(old, agreement=replace(old.agreement or Agreement(), **members))


def more(*texts: str) -> Change:
    """Further clauses."""

    def added(old: Case) -> Case:
        agreement = old.agreement or Agreement()
        extra = tuple(Clause(ClauseId(f"c{number}" * 16), text) for number, text in enumerate(texts))
        return replace(old, agreement=replace(agreement, clauses=(*agreement.clauses, *extra)))

    return added


def only(*texts: str) -> Change:
    """Other clauses."""
    return agreed(clauses=tuple(Clause(ClauseId(f"c{number}" * 16), text) for number, text in enumerate(texts)))


def owed(**members: Any) -> Change:
    """Change the one obligation."""
    return lambda old: agreed(obligations=(replace(old.agreement.obligations[0], **members),))(old)  # type: ignore[union-attr]  # the whole one has an agreement


def party(place: int, **members: Any) -> Change:
    """Change a party."""
    return lambda old: replace(
        old, parties=tuple(replace(each, **members) if n == place else each for n, each in enumerate(old.parties))
    )


def joined(**members: Any) -> Change:
    """One more party."""
    plain = Party(P3, "c", Side.AGENT, PartyKind.PERSON, "周大海", id_number="331122196805040017")
    return lambda old: replace(old, parties=(*old.parties, replace(plain, **members)))


def heard(**members: Any) -> Change:
    """Change the hearing."""
    return lambda old: replace(old, hearings=(replace(old.hearings[0], **members),))


def said(*texts: str) -> Change:
    """Other words in the hearing."""
    return heard(turns=tuple(Turn(TurnId(f"{n:032x}"), "李建军", text) for n, text in enumerate(texts)), closed=False)


def all_of(*changes: Change) -> Change:
    """One change after the other."""

    def changed(old: Case) -> Case:
        for each in changes:
            old = each(old)
        return old

    return changed


CHILD: Final = {"birth_date": date(2014, 6, 1), "id_number": ""}
YOUTH: Final = {"birth_date": date(2009, 6, 1), "id_number": ""}
FIRM: Final = {"kind": PartyKind.ORGANIZATION, "name": "壶镇机械有限公司", "id_number": "91331122MA0000002T"}
ORAL: Final = {"form": AgreementForm.ORAL}
ALIKE: Final = "李健军"

# rule -> three flawed agreements and one near miss
RULES: Final[dict[str, tuple[tuple[Change, Change, Change], Change]]] = {
    "V01": ((case(title="故意伤害刑事案件"), case(dispute_type="治安处罚不服"), case(title="确认亲子关系")),
            case(title="刑事附带民事赔偿")),
    "V02": ((case(facts="李建军持刀闯入，双方推搡。"), case(facts="醉酒后将张秀兰打伤。"), case(facts="多次虐待老人。")),
            case(facts="张秀兰在工地打工时受伤，双方没有打架。")),
    "V04": ((party(0, **CHILD), party(1, note="限制民事行为能力人"), party(0, birth_date=date(2009, 6, 1), id_number="", occupation="学生")),
            all_of(party(0, **CHILD), joined(side=Side.GUARDIAN, acts_for=P1))),
    "V05": ((all_of(party(0, **CHILD), joined(side=Side.GUARDIAN, acts_for=P1)), party(0, **YOUTH, occupation="学徒工"),
             party(0, birth_date=date(2017, 3, 5), id_number="")),
            party(0, birth_date=date(2008, 3, 5), id_number="")),
    "V06": ((joined(acts_for=P1), joined(acts_for=P1, authorization=Scope.GENERAL), joined()),
            joined(acts_for=P1, authorization=Scope.SPECIAL)),
    "V07": ((party(1, **FIRM), party(0, **FIRM), joined(**FIRM, side=Side.THIRD_PARTY)),
            party(1, **FIRM, legal_representative="吴经理")),
    "V17": ((owed(due_on=date(2026, 5, 1)), owed(due_on=date(2026, 5, 2)), owed(due_on=date(2026, 10, 4))),
            owed(due_on=date(2026, 5, 9))),
    "V18": ((more("余款于农历腊月二十前付清。"), more("中秋节前恢复原状。"), more("于2026年正月十五（2026年3月4日）前搬走。")),
            more("中秋节（2026年9月25日）前恢复原状。")),
    "V19": ((more("李建军尽快修好围墙。"), more("补偿若干。"), more("有条件时再商量，近期给付。")),
            more("围墙左右两侧各留一米，按照《人民调解工作若干规定》办理。")),
    "V20": ((more("按年利率24%支付利息。"), more("月息2分计算利息。"), more("逾期按日万分之五支付违约金。")),
            more("逾期按年利率12%支付利息。")),
    "V21": ((more("逾期支付违约金2000元。"), more("违约金为应付款的40%。"), more("按百分之五十承担违约金。")),
            more("逾期支付违约金300元。")),
    "V22": ((only(PAY), only(PAY, "双方互相谅解。"), only(PAY.replace("，张秀兰收款后应当出具收条", ""))),
            only(PAY, "李建军未按期支付的，张秀兰可以申请强制执行。")),
    "V23": ((only(PAY.replace("，张秀兰收款后应当出具收条", ""), "李建军逾期不付的，承担违约责任。"),
             only("李建军付款3,090.00元，逾期加付利息。"), only("由李建军支付3,090.00元，逾期承担责任。")),
            only("李建军支付3,090.00元，张秀兰应当配合办理手续，逾期承担责任。")),
    "V24": ((more("张秀兰放弃向法院起诉的权利。"), more("双方不得再上访。"), more("今后不再就此事申请仲裁或者投诉。")),
            more("本协议不影响任何一方向法院起诉，任何人不得阻拦对方信访。")),
    "V25": ((more("不付清不得出村。"), more("违反的由村委会罚款500元。"), more("双方断绝父子关系。")),
            more("今后不得限制对方出行，不得报复。")),
    "V26": ((more("李建军的父亲承担其中一半。"), more("由陈大山支付余款。"), more("占用邻居的宅基地作通道。")),
            more("由李建军支付余款，王调解到场见证。")),
    "V27": ((more("双方自愿离婚。"), more("双方解除收养关系。"), more("确认二人为父子关系。")),
            more("双方到民政部门办理离婚登记后，再分割存款。")),
    "V28": ((more("争议地块归张秀兰所有。"), more("确认该山场的林权属张秀兰。"), more("老房屋三间归李建军使用。")),
            more("耕牛找回后归李建军所有。")),
    "V29": ((case(title="遗产分割"), more("继承的存款各得一半。"), case(title="解除收养关系后的补偿")),
            case(title="承接工程款")),
    "V30": ((more("女方放弃孩子的抚养费。"), more("男方无需再支付抚养费。"), more("今后不再给付女儿抚育费。")),
            more("男方不支付抚养费的，女方可以申请强制执行。")),
    "V31": ((case(people=6), all_of(case(people=5), owed(payee="全体工人", payee_party=None)), case(people=12)),
            case(people=1)),
    "V32": ((case(facts="施工时发生事故，吴某当场死亡。"), case(title="务工伤残赔偿"), case(facts="经鉴定为九级伤残。")),
            case(facts="暴雨后圈内三头猪死亡。")),
    "V34": ((agreed(copies=2), agreed(copies=1), all_of(agreed(copies=3), more("双方共同申请司法确认。"))),
            agreed(copies=None)),
    "V35": ((agreed(**ORAL), all_of(agreed(**ORAL), owed(due_on=None, due_as_given="秋收后")),
             all_of(agreed(**ORAL), owed(due_on=date(2026, 3, 6)))),
            all_of(agreed(**ORAL), owed(due_on=SIGNED))),
    "V37": ((more("双方各承担调解费100元。"), more("款项交给调委会代收。"), more("李建军支付调解委员会工作人员辛苦费。")),
            more("款项在调解委员会当面点清，调解不收取任何费用。")),
    "V38": ((said("我同意付清。", "已宣读。"), heard(turns=()), case(hearings=())),
            case(kind=CaseKind.SETTLEMENT, hearings=())),
    "V39": ((more(f"{ALIKE}负责清理场地。"), agreed(responsibility=f"{ALIKE}承担付款责任"), more("张秀蓝出具收条。")),
            more("李建国不是本案当事人。")),
    "V41": ((case(facts="张秀兰（身份证号331122196805040025）工资没有付清。"), case(facts="李建军，电话10000000000，拖欠工资。"),
             joined(side=Side.APPLICANT, name="张秀兰", id_number="331122198001010011")),
            case(facts="李建军，电话10087654321，拖欠工资。")),
    "V42": ((said("我要去法院告。", "笔录已宣读。"), case(hearings=()), said("我同意付清。")),
            case(kind=CaseKind.SETTLEMENT, hearings=())),
}  # fmt: skip
