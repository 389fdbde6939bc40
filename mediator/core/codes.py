"""Code lists: every enum member with the official Chinese term beside it, in one place.

The value is what stands in entries and case files; `.term` is what stands on paper and screen
(rules.md 6 and the glossary).
"""

from __future__ import annotations

from enum import Enum
from typing import Self


class Code(Enum):
    """A member of an official code list: `value` travels, `term` is printed."""

    term: str

    def __new__(cls, value: str, term: str) -> Self:
        """Bind the travelling value to its printed term."""
        member = object.__new__(cls)
        member._value_ = value
        member.term = term
        return member


class CaseKind(Code):
    """Kind of matter (rules.md 1)."""

    PEOPLE_MEDIATION = "people_mediation", "人民调解"
    SETTLEMENT = "settlement", "和解"
    PETITION = "petition", "信访事项"
    WORK_ORDER = "work_order", "工单"


class Side(Code):
    """Where a party stands in a matter."""

    APPLICANT = "applicant", "申请人"
    RESPONDENT = "respondent", "被申请人"
    THIRD_PARTY = "third_party", "第三人"
    AGENT = "agent", "代理人"
    GUARDIAN = "guardian", "监护人"
    WITNESS = "witness", "见证人"
    INVITED = "invited", "参加人"
    SUBJECT = "subject", "相关人"


class PartyKind(Code):
    """A natural person or an organization."""

    PERSON = "person", "自然人"
    ORGANIZATION = "organization", "单位"


class Sex(Code):
    """As printed on the identity card."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class IdType(Code):
    """What kind of number identifies a party (rules.md 5)."""

    RESIDENT_ID = "resident_id", "居民身份证"
    RESIDENCE_PERMIT = "residence_permit", "港澳台居民居住证"
    PASSPORT = "passport", "护照"
    FOREIGNER_PERMANENT = "foreigner_permanent", "外国人永久居留身份证"
    CREDIT_CODE = "credit_code", "统一社会信用代码"
    OTHER = "other", "其他证件"


class Scope(Code):
    """Scope of an agent's power of attorney (MSF 62)."""

    GENERAL = "general", "一般授权"
    SPECIAL = "special", "特别授权"


class Category(Code):
    """Category of a work order, not an urgency (rules D20-D23)."""

    BLUE = "blue", "蓝色（咨询）"
    YELLOW = "yellow", "黄色（多部门）"
    ORANGE = "orange", "橙色（涉法涉诉）"
    RED = "red", "红色（投诉举报）"


class AgreementForm(Code):
    """Form of an agreement (RTF 28)."""

    WRITTEN = "written", "书面"
    ORAL = "oral", "口头"


class CaseStatus(Code):
    """Life of a mediation case, L01-L11."""

    REGISTERED = "registered", "登记"
    ACCEPTED = "accepted", "受理"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    IN_MEDIATION = "in_mediation", "调解中"
    AGREED = "agreed", "达成协议"
    SIGNED = "signed", "协议生效"
    NOT_AGREED = "not_agreed", "调解不成"
    WITHDRAWN = "withdrawn", "撤回"
    TERMINATED = "terminated", "终止"
    PERFORMING = "performing", "履行中"
    PERFORMED = "performed", "履行完毕"
    BREACHED = "breached", "未履行"
    FOLLOWED_UP = "followed_up", "已回访"
    CLOSED = "closed", "结案"
    ARCHIVED = "archived", "归档"
    TRANSFERRED = "transferred", "移送"
