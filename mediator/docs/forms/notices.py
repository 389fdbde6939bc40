"""Notices of the committee: accepted, refused, asked to come, asked to help, ended (RTF 17, 20, 21, 26)."""

from __future__ import annotations

from dataclasses import replace

from mediator.docs.description import described
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.known import (
    ACCEPTED_ON,
    CALL,
    CONTACT,
    CONTACT_PHONE,
    HELD_AT,
    MATTER,
    MEDIATORS,
    PEOPLE,
    PLACE,
    REASON,
)
from mediator.docs.kinds import Group
from mediator.docs.paper_parts import Flush, Proof, Signing, Words

RECEIVER = Field("receiver", "受送达人", needed=True)
WHEN, WHERE = replace(HELD_AT, needed=True), replace(PLACE, needed=True)
BRING = Field("bring", "携带材料", gap=16)
ROADS = Field("roads", "可以走的其他途径", Shape.LINES, gap=40)
RUNNING = Field("running", "正在计算的期限", Shape.LINES, gap=40)
INVITED_AS = Field("invited_as", "邀请身份", gap=10)
SERVED_ON = Field("served_on", "送达日期", Shape.DAY)
SERVED_HOW = Field("served_how", "送达方式", Shape.CHOICE, choices=("直接送达", "留置送达", "邮寄送达", "电子送达"))
PROOF = Proof("receiver", SERVED_ON, SERVED_HOW)

ACCEPTANCE = described(
    "acceptance_notice", "受理通知书", Group.INTAKE, "受",
    basis="《人民调解法》第十七条", copies=2,
    fields=(RECEIVER, MATTER, PEOPLE, ACCEPTED_ON, CONTACT, CONTACT_PHONE),
    parts=(
        Flush("{receiver}："),
        Words("{people}之间的“{matter}”，经审查符合人民调解的受理条件，本会决定自{accepted_on}起受理。"),
        Words("人民调解不收取任何费用。调解的时间和地点另行通知。"),
        Words("当事人在调解中可以选择或者接受人民调解员，可以接受调解、拒绝调解或者要求终止调解。"),
        CALL,
        Signing(seal=True, dated=True),
        PROOF,
    ),
)  # fmt: skip

REFUSAL = described(
    "refusal_notice", "不予受理告知书", Group.INTAKE, "拒",
    basis="《人民调解法》第十七条；《人民调解工作若干规定》第二十二条", copies=2,
    fields=(RECEIVER, MATTER, PEOPLE, REASON, replace(ROADS, needed=True), CONTACT, CONTACT_PHONE),
    parts=(
        Flush("{receiver}："),
        Words("你就与{people}有关的“{matter}”申请人民调解，经审查，本会决定不予受理。理由如下："),
        Words("{reason}"),
        Words("你可以通过下列途径解决："),
        Words("{roads}"),
        CALL,
        Signing(seal=True, dated=True),
        PROOF,
    ),
)  # fmt: skip

HEARING = described(
    "hearing_notice", "调解通知书", Group.HEARING, "通",
    basis="《人民调解法》第十九条、第二十三条", copies=2,
    fields=(RECEIVER, MATTER, PEOPLE, WHEN, WHERE, MEDIATORS, BRING, CONTACT, CONTACT_PHONE),
    parts=(
        Flush("{receiver}："),
        Words("本会受理的{people}之间的“{matter}”，定于{held_at}在{place}进行调解，由人民调解员{mediators}主持。"),
        Words("请你准时参加，并携带下列材料：{bring}。"),
        Words("人民调解不收取任何费用。你可以选择或者接受人民调解员，可以申请调解员回避；不能按时参加的，请提前告知本会。"),
        CALL,
        Signing(seal=True, dated=True),
        PROOF,
    ),
)  # fmt: skip

INVITATION = described(
    "invitation", "协助调解邀请函", Group.HEARING, "邀",
    basis="《人民调解法》第二十条",
    fields=(RECEIVER, INVITED_AS, MATTER, WHEN, WHERE, CONTACT, CONTACT_PHONE),
    parts=(
        Flush("{receiver}："),
        Words("本会正在调解“{matter}”。经征得当事人同意，特邀请你以{invited_as}的身份参加调解，协助做好工作。"),
        Words("时间：{held_at}"),
        Words("地点：{place}"),
        Words("参加调解的人员应当保守当事人的个人隐私和商业秘密。"),
        CALL,
        Signing(seal=True, dated=True),
    ),
)  # fmt: skip

TERMINATION = described(
    "termination_record", "调解终止告知书", Group.AGREEMENT, "终",
    basis="《人民调解法》第二十六条", copies=2,
    fields=(RECEIVER, MATTER, PEOPLE, MEDIATORS, REASON, RUNNING),
    parts=(
        Flush("{receiver}："),
        Words("{people}之间的“{matter}”，经人民调解员{mediators}调解，因下列情形终止调解："),
        Words("{reason}"),
        Words("当事人可以依法通过仲裁、行政、司法等途径维护自己的权利。"),
        Words("请注意正在计算的期限：{running}"),
        Signing(seal=True, dated=True),
        PROOF,
    ),
)  # fmt: skip

KINDS = (ACCEPTANCE, REFUSAL, HEARING, INVITATION, TERMINATION)
