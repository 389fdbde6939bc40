"""调解通知书: when and where the parties are asked to come (RTF 20, 21), with the proof of service below."""

from __future__ import annotations

from dataclasses import replace

from mediator.docs.description import Box, Head, Signing, To, Words, described
from mediator.docs.fields import Field, Shape
from mediator.docs.forms.known import CONTACT, CONTACT_PHONE, HELD_AT, MATTER, MEDIATORS, PEOPLE, PLACE, by
from mediator.docs.kinds import Group

RECEIVER = Field("receiver", "受通知人", needed=True)
WHEN, WHERE = replace(HELD_AT, needed=True), replace(PLACE, needed=True)
BRING = Field("bring", "携带材料", gap=16)
SERVED_ON = Field("served_on", "送达日期", Shape.DAY)
SERVED_HOW = Field("served_how", "送达方式", Shape.CHOICE, choices=("直接送达", "留置送达", "邮寄送达", "电子送达"))

KIND = described(
    "hearing_notice",
    "调解通知书",
    Group.HEARING,
    "通",
    basis="《人民调解法》第二十条、第二十一条",
    copies=2,
    fields=(RECEIVER, MATTER, PEOPLE, WHEN, WHERE, MEDIATORS, BRING, CONTACT, CONTACT_PHONE),
    parts=(
        To("{receiver}"),
        Words("本会受理的{people}之间的“{matter}”，定于{held_at}在{place}进行调解，由人民调解员{mediators}主持。"),
        Words("请你准时参加，并携带下列材料：{bring}。"),
        Words(
            "人民调解不收取任何费用。你可以选择或者接受人民调解员，可以申请调解员回避；不能按时参加的，请提前告知本会。"
        ),
        Words("联系人：{contact}　　联系电话：{contact_phone}"),
        Signing(seal=True, dated=True),
        Head("送达回证"),
        Box(((SERVED_ON, SERVED_HOW),)),
        Signing((by("受送达人", "receiver"), by("送达人"))),
    ),
)
