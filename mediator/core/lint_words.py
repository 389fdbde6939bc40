"""Lint of words: what an agreement must not say, and what it ought to say otherwise (V01, V02, V19, V24-V30, V37).

Each rule is a pattern of our own with what takes it back: a lawful sentence often holds the words of an unlawful one
(不影响任何一方起诉的权利). What is found is told with the words that were found, so that a mediator can judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mediator.core.codes import Side
from mediator.core.findings import BLOCK, WARN, Found, Severity, Subject
from mediator.core.identifiers import COMMON_SURNAMES
from mediator.core.records import Case

STAKE: Final = (Side.APPLICANT, Side.RESPONDENT, Side.THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class Words:
    """A pattern, what in or right before its match takes it back, and what is told of it."""

    severity: Severity
    told: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def hits(self, text: str) -> Iterator[str]:
        """Every match that nothing takes back; eight characters before and four after are looked at too."""
        for match in self.pattern.finditer(text):
            around = text[max(match.start() - 8, 0) : match.end() + 4]
            if not (self.unless and self.unless.search(around)):
                yield match[0]


def _words(severity: Severity, told: str, pattern: str, unless: str = "") -> Words:
    """Compile both."""
    return Words(severity, told, re.compile(pattern), re.compile(unless) if unless else None)


_RIGHTS: Final = "起诉|诉讼|仲裁|上访|信访|投诉|举报|申诉|控告|报警|刑事责任|行政复议"
_ORGAN: Final = "调解委员会|调委会|村委会|居委会|调解室|司法所"
MATTER: Final = _words(
    BLOCK, "此类事项不能以人民调解协议处理",
    "刑事案件|刑事责任|行政处罚|治安处罚|确认(?:亲子|婚姻|收养)关系|(?:亲子|婚姻|收养)关系确认|婚姻无效|行政诉讼",
    "民事",
)  # fmt: skip
CRIME: Final = _words(
    WARN, "可能涉嫌违法犯罪，请先判断是否应报告公安机关",
    "殴打|打伤|打成|砍伤|刺伤|持刀|轻伤|重伤|强奸|猥亵|性侵|绑架|抢劫|盗窃|偷走|诈骗|骗走|非法拘禁|敲诈|虐待|遗弃|家暴|家庭暴力|吸毒|赌债|"
    "高利贷|纵火|投毒", "已(?:经)?(?:由)?公安|已(?:经)?报(?:警|案)|(?:没有|未|并未|不是|不存在|未发生)[^，。；]{0,4}$",
)  # fmt: skip
VAGUE: Final = _words(
    WARN, "表述不明确，建议写明期限和数额",
    "尽快|尽早|适当|若干|左右|近期|酌情|视情况|视情|有条件时|有钱(?:时|了|再)|宽裕(?:时|后)|以后再说|过段时间|大约|大概",
    "左右(?:两|邻|侧|边|各|为界|手|脚|相邻)|不(?:太)?适当|若干规定|大约束",
)  # fmt: skip
WAIVER: Final = _words(
    BLOCK, "不得约定放弃诉讼、仲裁或信访权利",
    f"(?:放弃|不再|不得|不能|不准|不许|永不|不要|保证不|承诺不|自愿不)[^，。；：]{{0,10}}?(?:{_RIGHTS})|"
    "放弃追究[^，。；]{0,10}(?:刑事|法律责任)",
    f"不得放弃|阻拦|阻挠|妨碍|限制|影响|干涉|剥夺|拒绝|(?:不得|不能|不准)以[^，。；]{{0,6}}(?:{_RIGHTS})[^，。；]{{0,4}}(?:威胁|要挟)|不得再犯",
)  # fmt: skip
UNLAWFUL: Final = _words(
    BLOCK, "内容违反法律或公序良俗",
    "限制[^，。；]{0,4}(?:人身自由|外出|出行|出门)|(?:不准|不许|不得)(?:出村|进村|回村|出门|外出|回家|嫁人|结婚|再婚|离婚)|扣押(?:人|身份证|证件)|"
    "扣留|关押|断水断电|断电断水|游街|示众|(?:打断|挑断)|报复|断绝[^，。；]{0,6}关系|赶出(?:村|家)|"
    f"(?:{_ORGAN})[^，。；]{{0,8}}罚款|罚款[^，。；]{{0,12}}(?:{_ORGAN}|村集体)|(?:自愿接受|处以|缴纳)罚款",
    "不得(?:限制|扣留|报复|打击)|禁止|不能(?:限制|扣留|报复)|法院|公安|交警|行政机关",
)  # fmt: skip
OUTSIDERS: Final = _words(
    WARN, "涉及案外人权益，请取得其同意",
    "(?:第三人|案外人|邻居|其他村民|村集体|村民小组|(?:其|他|她|的)(?:父亲|母亲|父母|妻子|丈夫|兄弟|弟弟|哥哥|姐姐|妹妹|儿子|女儿|子女))"
    "(?:的|所有的?|名下的?|家的?)?[^，。；]{0,6}(?:土地|责任田|承包地|房屋|宅基地|林地|山林|存款|财产|工资|让出|承担|支付|负责|搬出)",
)  # fmt: skip
STATUS: Final = _words(
    BLOCK, "身份关系不能由调解协议确认",
    "(?:确认|解除|建立|恢复|终止|断绝)[^，。；]{0,8}(?:婚姻|亲子|父子|父女|母子|母女|收养|夫妻|养父子|养母女|监护)关系|"
    "(?:自愿|同意|协议)离婚",
    "离婚(?:登记|协议|手续|证|后)|民政|法院",
)  # fmt: skip
TITLE: Final = _words(
    WARN, "物权确权内容不能司法确认",
    "(?:土地|房屋|房产|宅基地|山林|林地|山场|责任田|承包地|地块|住房)[^，。；]{0,14}(?:归|属于?|为)[^，。；]{1,8}(?:所有|使用|享有)|"
    "(?:确认|确定)[^，。；]{0,12}(?:所有权|使用权|承包经营权|产权|林权|界址)",
    "不因本协议|以[^，。；]{0,6}证为准",
)  # fmt: skip
MAINTENANCE: Final = _words(
    BLOCK, "不得放弃未成年人抚养费",
    "(?:放弃|免除|无需(?:再)?(?:支付|承担|给付)|不用(?:再)?(?:支付|承担|给付|出)|不要(?:求)?|不再(?:支付|承担|给付)|自愿不(?:要|收))"
    "[^，。；]{0,12}(?:抚养费|抚育费)|(?<!逾期)(?<!如)(?<!若)(?<!期)不(?:支付|承担|给付)[^，。；]{0,6}(?:抚养费|抚育费)(?!的)",
    "不得(?:放弃|免除|以)|(?:十八|18)(?:周)?岁(?:以)?后|成年(?:以)?后",
)  # fmt: skip
FEE: Final = _words(
    BLOCK, "人民调解不收取任何费用",
    f"(?:支付|交纳|缴纳|承担|收取|付给?)[^，。；]{{0,6}}(?:调解费|调解服务费|(?:{_ORGAN})[^，。；]{{0,4}}(?:费|报酬|辛苦费))|"
    f"(?:由|交|付|存|打|汇)(?:给|到|至|入|由)?(?:{_ORGAN})(?:的)?(?:账户|账号|代收|代管|代付|转交|转付|保管|收取)|"
    f"(?:给|付)(?:予)?调解员[^，。；]{{0,6}}(?:元|报酬|辛苦费|红包)",
    "不(?:得)?收取|免费",
)  # fmt: skip
PAPER: Final = re.compile("离婚|结婚|婚姻关系|收养|继承|遗产|分家析产|分家")


def clauses(subject: Subject, words: Words) -> Found:
    """One sort of words in the clauses and in what is owed; the first of a place is told."""
    texts = [(f"clauses.{n}", each.text) for n, each in enumerate(subject.agreement.clauses)]
    texts += [(f"obligations.{n}", f"{o.goods}；{o.note}") for n, o in enumerate(subject.agreement.obligations)]
    for place, text in texts:
        hit = next(words.hits(text), "")
        if hit:
            yield place, words.severity, f"{words.told}：“{hit}”"


def in_clauses(words: Words) -> Callable[[Subject], Found]:
    """The rule that looks for these words."""
    return lambda subject: clauses(subject, words)


def v01(subject: Subject) -> Found:
    """The matter itself is not one for people's mediation (RTG 22); what happened may be told in the facts."""
    for place, text in (("dispute_type", subject.case.dispute_type), ("title", subject.case.title)):
        for hit in MATTER.hits(text):
            yield place, BLOCK, f"{MATTER.told}：“{hit}”"


def v02(subject: Subject) -> Found:
    """Words of crime in the facts (RTF 25); silent once the case was handed to the police or came from them."""
    if "公安" in subject.case.origin:
        return
    hits = list(dict.fromkeys(CRIME.hits(subject.case.facts)))
    if hits:
        yield "facts", WARN, f"{CRIME.told}：“{'、'.join(hits)}”"


def v26(subject: Subject) -> Found:
    """Persons who do not sign: their things in general words, or somebody named who is no party."""
    yield from clauses(subject, OUTSIDERS)
    known = names_of(subject.case)
    for n, clause in enumerate(subject.agreement.clauses):
        for match in _BY.finditer(clause.text):
            name = match["name"]
            if name[0] in COMMON_SURNAMES and not is_part_of(name, known):
                yield f"clauses.{n}", WARN, f"{OUTSIDERS.told}：“{name}”不在当事人名单里"


def is_part_of(name: str, known: Iterable[str]) -> bool:
    """True for a known name, a piece of one, and one with more words around it."""
    return any(name in each or each in name for each in known)


_BY: Final = re.compile(
    "由(?!于)(?P<name>[一-龥]{1,2}[^方人会局司队户院所组府社厂村镇乡家，。；、])(?:支付|承担|负责|赔偿|付给|返还|代付|担保)"
)


def names_of(case: Case) -> set[str]:
    """Everybody who has a place in the case: parties, agents, representatives, mediators, witnesses."""
    people = {part for each in case.parties for part in (each.name, each.legal_representative, each.role_as_given)}
    heard = {name for each in case.hearings for name in (*each.mediators, each.recorder)}
    return (people | heard) - {""}


def v29(subject: Subject) -> Found:
    """Marriage, adoption, inheritance: the paper original is kept (DQF 3)."""
    text = "；".join([subject.case.title, *(each.text for each in subject.agreement.clauses)])
    if match := PAPER.search(text):
        yield "clauses", WARN, f"此类文书须保存纸质原件（涉及“{match[0]}”）"


v19, v24, v25 = in_clauses(VAGUE), in_clauses(WAIVER), in_clauses(UNLAWFUL)
v27, v28, v30, v37 = in_clauses(STATUS), in_clauses(TITLE), in_clauses(MAINTENANCE), in_clauses(FEE)
