"""The roads after an agreement: court confirmation, notary, arbitration; who acts for whom (RTF 33, MSF 62, 205)."""

from __future__ import annotations

from dataclasses import replace

from mediator.core.records import Case
from mediator.docs.description import described
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.known import (
    AGREED,
    AGREEMENT_NUMBER,
    COMMITTEE,
    FACTS,
    MATTER,
    PEOPLE,
    PEOPLE_APPLYING,
    PEOPLE_IDENTIFIED,
    SIGNED_ON,
    TOTAL,
    by,
    clauses,
    last_day,
    signing,
    unnamed,
)
from mediator.docs.forms.parts import BY_HAND
from mediator.docs.forms.performed import plan
from mediator.docs.kinds import EACH_AND_ONE_MORE, Group
from mediator.docs.paper_parts import Box, Flush, Head, Parties, Signing, Words


def reasons(case: Case, facts: PaperFacts) -> str:
    """What happened and what was agreed, clause for clause: a court confirms just that."""
    agreed = clauses(case, facts)
    opening = f"经{facts.committee}主持调解，各方自愿达成如下协议："
    return "\n".join([case.facts, *([opening, agreed] if agreed else [])])


COURT = Field("court", "人民法院", needed=True, gap=14)
REASONS = Field("reasons", "事实和理由", Shape.LINES, known=reasons, gap=80)
ATTACHED = Field("attached", "附件", Shape.LINES, gap=60)
LAST_DAY = Field("last_day", "最后一天", Shape.DAY)
COURT_LAST_DAY = replace(LAST_DAY, known=last_day("D04"))
REMINDER = Head("提示（供当事人参考，不是申请书的内容）", cut=True)
AGREEMENT = replace(AGREEMENT_NUMBER, needed=True)
NOTARY = Field("notary", "公证机构", needed=True, gap=14)
DEBT = Field("debt", "债权标的", Shape.LINES, known=AGREED.known, gap=60)
PERIOD = Field("period", "履行期限", known=plan, gap=20)
PROVING = Field("proving", "核实违约的方式", gap=30)
COMMISSION = Field("commission", "仲裁委员会", needed=True, gap=14)
GRANTOR = Field("grantor", "委托人", needed=True, gap=30)
PROXY = Field("proxy", "受委托人", needed=True, gap=30)
SCOPE = Field("scope", "代理权限", Shape.CHOICE, choices=("一般授权", "特别授权"), needed=True)
SPECIAL = Field("special", "特别授权的事项", gap=40)
UNTIL = Field("until", "委托期限", gap=14)
ORGANIZATION = Field("organization", "单位名称", needed=True, gap=20)
REPRESENTATIVE = Field("representative", "法定代表人", needed=True)
POST = Field("post", "职务", needed=True)
LEGAL_ID = Field("legal_id", "居民身份证号码", gap=18)
ORGAN = Field("organ", "行政机关", needed=True, gap=14)
LEGAL_BASIS = Field("legal_basis", "法律依据", needed=True, gap=30)
COPIES = Field("copies", "份数", gap=3)
APPLYING = Parties(PEOPLE_APPLYING, unnamed("申请人"))

CONFIRMATION = described(
    "confirmation_application", "司法确认申请书", Group.LEGAL_ROADS, "确",
    headed=False, basis="《人民调解法》第三十三条；《民事诉讼法》第二百零五条、第二百零六条", copies=3,
    needs=("parties", "agreement.signed_on"),
    fields=(COMMITTEE, AGREEMENT, SIGNED_ON, REASONS, COURT, ATTACHED, COURT_LAST_DAY),
    parts=(
        APPLYING,
        Head("请求事项："),
        Words("请求依法确认双方于{signed_on}经{committee}主持达成的人民调解协议（编号：{agreement_number}）有效。"),
        Head("事实和理由："),
        Words("{reasons}"),
        Head("申请人承诺："),
        Words("双方出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如果因为该协议内容给他人造成损害，愿意承担相应的法律责任。"),
        Words("此致"),
        Flush("{court}"),
        Head("附件："),
        Words("{attached}"),
        Signing((signing(label="申请人"),)),
        REMINDER,
        Words("请双方自调解协议生效之日起三十日内共同提出申请，最后一天为{last_day}。"),
    ),
)  # fmt: skip

COMMITMENT = described(
    "confirmation_commitment", "司法确认承诺书", Group.LEGAL_ROADS, "承",
    headed=False, basis="法释〔2011〕5号", copies=2, needs=("parties",),
    fields=(PEOPLE, COMMITTEE, MATTER, AGREEMENT, COURT),
    parts=(
        Flush("{court}："),
        Words("{people}经{committee}调解，就“{matter}”达成人民调解协议（编号：{agreement_number}），现共同申请司法确认，并承诺："),
        Words("一、提交的材料真实，陈述的事实属实；"),
        Words("二、协议出于解决纠纷的目的自愿达成，没有恶意串通、规避法律的行为；"),
        Words("三、协议内容不损害国家利益、社会公共利益和他人合法权益；因协议内容给他人造成损害的，愿意承担相应的民事责任和其他法律责任；"),
        Words("四、知道确认裁定生效后，一方拒绝履行或者未全部履行的，对方可以向人民法院申请执行。"),
        Signing((signing(label="承诺人"),)),
    ),
)  # fmt: skip

NOTARIZATION = described(
    "notary_application", "赋予强制执行效力公证申请书", Group.LEGAL_ROADS, "公",
    headed=False, basis="《公证法》第三十七条", copies=2, needs=("parties",),
    fields=(AGREEMENT, DEBT, TOTAL, PERIOD, PROVING, NOTARY),
    parts=(
        APPLYING,
        Head("申请事项："),
        Words("申请人就人民调解协议（编号：{agreement_number}）所载的债权，申请办理公证并赋予强制执行效力。"),
        Head("债权标的："),
        Words("{debt}"),
        Words("金额：{total}"),
        Words("履行期限：{period}"),
        Head("债务人承诺和核实方式："),
        Words("债务人承诺：到期不履行或者不完全履行的，愿意直接接受人民法院强制执行。"),
        Words("双方约定核实违约的方式：{proving}"),
        Words("此致"),
        Flush("{notary}"),
        Signing((signing(label="申请人"),)),
    ),
)  # fmt: skip

ARBITRATION = described(
    "arbitration_review_application", "仲裁审查申请书", Group.LEGAL_ROADS, "裁",
    headed=False, basis="《劳动人事争议仲裁办案规则》第七十四条", copies=2, needs=("parties",),
    fields=(COMMITTEE, AGREEMENT, SIGNED_ON, REASONS, COMMISSION, LAST_DAY),
    parts=(
        APPLYING,
        Head("请求事项："),
        Words("请求审查双方于{signed_on}经{committee}主持达成的调解协议（编号：{agreement_number}），并制作调解书。"),
        Head("事实和理由："),
        Words("{reasons}"),
        Words("此致"),
        Flush("{commission}"),
        Signing((signing(label="申请人"),)),
        REMINDER,
        Words("请双方自调解协议生效之日起十五日内共同提出申请，最后一天为{last_day}。"),
    ),
)  # fmt: skip

POWER = described(
    "power_of_attorney", "授权委托书", Group.INTAKE, "委",
    headed=False, basis="《民事诉讼法》第六十二条",
    fields=(MATTER,),
    parts=(
        Box(((GRANTOR,), (PROXY,))),
        Words("委托人就“{matter}”参加人民调解一事，委托上述受委托人为代理人，代理权限如下："),
        Box(((SCOPE,), (SPECIAL,), (UNTIL,))),
        Words("特别授权包括代为承认、放弃、变更请求，进行和解，代为签订调解协议，代为收取款物的，应当逐项写明。"),
        Signing((by("委托人", manner=BY_HAND), by("受委托人", manner=BY_HAND))),
    ),
)  # fmt: skip

REPRESENTATION = described(
    "legal_representative_certificate", "法定代表人身份证明书", Group.INTAKE, "代",
    headed=False, fields=(ORGANIZATION, REPRESENTATIVE, POST, LEGAL_ID),
    parts=(
        Words("{representative}在我单位任{post}职务，是我单位的法定代表人。居民身份证号码：{legal_id}。"),
        Words("特此证明。"),
        Words("单位名称（盖章）：{organization}"),
        Signing(),
    ),
)  # fmt: skip

ADMINISTRATIVE = described(
    "administrative_mediation_agreement", "行政调解协议书", Group.AGREEMENT, "行",
    headed=False, copies=EACH_AND_ONE_MORE, needs=("parties", "facts", "agreement.clauses"),
    fields=(FACTS, AGREED, ORGAN, LEGAL_BASIS, COPIES),
    parts=(
        Parties(PEOPLE_IDENTIFIED, unnamed("")),
        Head("纠纷主要事实、争议事项："),
        Words("{facts}"),
        Words("{organ}依据{legal_basis}主持调解，各方自愿达成如下协议："),
        Words("{agreed}"),
        Words("本协议一式{copies}份，各方当事人各执一份，{organ}留存一份，自各方签名、盖章或者按指印之日起生效。"),
        Signing((signing(), by("行政机关经办人"))),
    ),
)  # fmt: skip

KINDS = (POWER, REPRESENTATION, ADMINISTRATIVE, CONFIRMATION, COMMITMENT, NOTARIZATION, ARBITRATION)
