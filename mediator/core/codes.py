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
    ADMINISTRATIVE_MEDIATION = "administrative_mediation", "行政调解"
    JUDICIAL_MEDIATION = "judicial_mediation", "司法调解"
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
    """Life of a mediation case, L01-L11; of a petition or work order, L20-L25, from `judged` on."""

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
    JUDGED = "judged", "已甄别"
    HANDLING = "handling", "办理中"
    ANSWERED = "answered", "已答复"
    IN_REVIEW = "in_review", "复查中"
    IN_SECOND_REVIEW = "in_second_review", "复核中"
    CONCLUDED = "concluded", "终结"


class LinkReason(Code):
    """Why one matter became another (rules.md 1): the two stay two, the origin sees the outcome."""

    PETITION_TO_MEDIATION = "petition_to_mediation", "访调对接"
    LITIGATION_APART = "litigation_apart", "诉访分离"
    HANDED_ON = "handed_on", "转办"
    JOINT = "joint", "三调联动"
    REOPENED = "reopened", "重新调解"
    SAME_MATTER = "same_matter", "同一事项"


class LinkRole(Code):
    """Which of the two matters this one is."""

    ORIGIN = "origin", "来源"
    TARGET = "target", "去向"


class PeriodStep(Code):
    """What may happen to a running period, each with approval (rules.md 2)."""

    EXTENDED = "extended", "延长"
    PAUSED = "paused", "中止"
    RESUMED = "resumed", "恢复"


class OrderSort(Code):
    """The two axes of supervision: the ladder 催办, 督办, and beside it 工作建议 (D30-D32)."""

    URGE = "urge", "催办"
    SUPERVISE = "supervise", "督办"
    SUGGEST = "suggest", "工作建议"


class Verdict(Code):
    """The county's word on an answer."""

    ACCEPTED = "accepted", "认可"
    RETURNED = "returned", "退回重办"


class OrderState(Code):
    """How an order stands on a day, by what the room had seen; computed, never written."""

    UNSEEN = "unseen", "尚未收到"
    WAITING = "waiting", "等待答复"
    LATE = "late", "逾期未答复"
    SILENT = "silent", "尚未看到答复"
    ANSWERED = "answered", "已答复待审核"
    ACCEPTED = "accepted", "已认可"
    RETURNED = "returned", "退回重办"
    MOVED = "moved", "期限已延长"
    DONE = "done", "事项已办"


class Satisfied(Code):
    """An answer of the double satisfaction question (S13)."""

    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    UNRATED = "unrated", "未评价"


class SatisfiedWith(Code):
    """Whom the double satisfaction question is about (S13)."""

    BODY = "body", "承办单位"
    OFFICE = "office", "信访工作机构"


class Likeness(Code):
    """What a person was asked about two matters."""

    PERSON = "person", "同一当事人"
    MATTER = "matter", "同一事项"
    SIMILAR = "similar", "类似案件"


class Risk(Code):
    """How far a matter may escalate."""

    LOW = "low", "低"
    MIDDLE = "middle", "中"
    HIGH = "high", "高"


class Visit(Code):
    """First or repeated petition (S02), computed and correctable."""

    FIRST = "first", "初信初访"
    REPEATED = "repeated", "重复信访"


class Standing(Code):
    """How an obligation stands on a day (L07: each has a state of its own)."""

    OPEN = "open", "未到期"
    PART_PAID = "part_paid", "部分履行"
    PAID = "paid", "已履行"
    LATE = "late", "逾期未履行"
    WAIVED = "waived", "已免除"


class DisputeType(Code):
    """What a dispute is about, as the monthly reports of judicial bureaus list them (rules.md 6)."""

    MARRIAGE_FAMILY = "marriage_family", "婚姻家庭"
    NEIGHBOR = "neighbor", "邻里"
    HOUSING_HOMESTEAD = "housing_homestead", "房屋宅基地"
    CONTRACT = "contract", "合同"
    PRODUCTION_BUSINESS = "production_business", "生产经营"
    DAMAGES = "damages", "损害赔偿"
    FOREST_LAND = "forest_land", "山林土地"
    EXPROPRIATION = "expropriation", "征地拆迁"
    ENVIRONMENT = "environment", "环境污染"
    LABOR = "labor", "劳动争议"
    CONSUMER = "consumer", "消费"
    MEDICAL = "medical", "医疗"
    TRAFFIC = "traffic", "道路交通事故"
    PROPERTY_MANAGEMENT = "property_management", "物业"
    VILLAGE_AFFAIRS = "village_affairs", "村务管理"
    OTHER = "other", "其他"


class CameBy(Code):
    """How a matter came to the room (rules.md 6); who entrusted it stands in the word."""

    APPLIED = "applied", "当事人申请"
    PROACTIVE = "proactive", "主动调解"
    COURT = "entrusted_court", "法院委托移送"
    POLICE = "entrusted_police", "公安委托移送"
    PROCURATORATE = "entrusted_procuratorate", "检察委托移送"
    PETITION_OFFICE = "entrusted_petition", "信访委托移送"
    HOTLINE = "entrusted_hotline", "12345委托移送"
    ENTRUSTED = "entrusted_other", "其他委托移送"
    OTHER = "other", "其他"


class Difficulty(Code):
    """How hard a matter is (rules.md 6); `UNSTATED` where nobody said, or said it in words nobody knows."""

    SIMPLE = "simple", "简易"
    ORDINARY = "ordinary", "一般"
    HARD = "hard", "疑难复杂"
    UNSTATED = "unstated", "未定"


class Result(Code):
    """What a matter came to (rules.md 6); `SETTLED` is a petition or work order that was answered."""

    AGREED = "agreed", "成功"
    NOT_AGREED = "not_agreed", "不成"
    WITHDRAWN = "withdrawn", "撤回"
    TERMINATED = "terminated", "终止"
    SETTLED = "settled", "已答复办结"
    REFUSED = "refused", "不予受理"
    TRANSFERRED = "transferred", "移送"
    PENDING = "pending", "正在办理"


class Performed(Code):
    """How far an agreement is performed (rules.md 6)."""

    PERFORMED = "performed", "已履行"
    PERFORMING = "performing", "履行中"
    BREACHED = "breached", "未履行"


class BodyKind(Code):
    """What kind of body mediates (rules.md 6)."""

    VILLAGE = "village", "村（居）"
    TOWNSHIP = "township", "乡镇（街道）"
    ENTERPRISE = "enterprise", "企事业单位"
    INDUSTRY = "industry", "行业性专业性"
    OTHER = "other", "其他"


class Prevented(Code):
    """What a settled matter would have become (rules.md 6)."""

    CRIME = "crime", "防止民转刑"
    GROUP_PETITION = "group_petition", "防止群体性上访"
    OTHER = "other", "防止其他激化"


class Reception(Code):
    """How a leader receives petitioners (S18); the value is the word of the event in the matter's course."""

    DUTY = "reception.duty", "坐班接访"
    FRIDAY = "reception.friday", "周五接访日"
    TOUR = "reception.tour", "巡访"
    FIXED = "reception.fixed", "定点接访"
    INVITED = "reception.invited", "重点约访"
    JOINT = "reception.joint", "联合会访"
    DOWN = "reception.down", "带案下访"
