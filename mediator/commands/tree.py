"""Every command: its words, its options, its example, and the function that does it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import pairwise
from typing import Any, Final

from mediator.commands.program import Call, Result
from mediator.commands.wording import NEXT_WORD, Parser, option_group

Add = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One command; `deed` is module:function under `mediator.commands`, imported when it runs."""

    words: str
    deed: str
    about: str
    example: str
    options: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()


def opt(*names: str, **settings: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    """One option of a leaf."""
    return names, settings


def filled(text: str) -> str:
    """A word that says something: an empty one comes from a variable that was never set."""
    if not text.strip():
        raise ValueError
    return text


def reasoned(text: str) -> tuple[str, str]:
    """An item and a reason, with a sign between them."""
    item, _, reason = text.partition("=")
    return filled(item).strip(), filled(reason).strip()


def a_year(text: str) -> int:
    """A year of our time."""
    year = int(text)
    if not 1949 <= year <= 2999:
        raise ValueError
    return year


def at_least_one(text: str) -> int:
    """A count of rows."""
    count = int(text)
    if not 1 <= count <= 1_000_000:
        raise ValueError
    return count


def day(text: str) -> str:
    """An ISO day in its one form."""
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError
    return text


OUT: Final = opt("--out", required=True, type=filled, metavar="文件夹", help="结果写到哪里")
CASE: Final = opt("case", type=filled, metavar="案件", help="案号或者内部编号")
LOGIN: Final = opt("login", type=filled, metavar="登录名", help="登录时输入的名字，不含空格")
FOLDER: Final = opt("folder", type=filled, metavar="文件夹", help="U 盘，或者代替 U 盘的文件夹")
NEW_PASSWORD: Final = opt(
    "--new-password-file", type=filled, metavar="文件", help="新密码所在的文件，- 表示标准输入；不写则由终端询问"
)
TEMPLATE: Final = opt("template", type=filled, metavar="编号", help="模板编号，见 template list")
CODE_FILE: Final = opt(
    "--code-file", required=True, type=filled, metavar="文件", help="恢复码所在的文件，- 表示标准输入"
)
CASE_FILES: Final = opt("files", nargs="+", type=filled, metavar="文件", help="案件文件，- 表示标准输入")
PAPER_FILES: Final = opt(
    "files", nargs="+", type=filled, metavar="文件", help="docx、pdf 文件，二维码的图片，或者写有二维码内容的 txt 文件"
)
CHECKED_FILES: Final = opt("files", nargs="+", type=filled, metavar="文件", help="要检查的 docx 或者 pdf 文件")
CENTER: Final = opt("url", type=filled, metavar="网址", help="县中心的网址，以 https:// 开头")
ON: Final = opt("--on", metavar="日期", help="如 2026-03-05，默认今天")
WHY: Final = opt("--reason", default="", metavar="理由", help="为什么作废")
RULE: Final = opt("rule", type=filled, metavar="期限", help="期限的编号，如 D03，见 case checks")
APPROVED: Final = (
    opt("--by", required=True, metavar="姓名", help="批准人"),
    opt("--reason", required=True, metavar="理由", help="为什么"), ON,
)  # fmt: skip
TABLE: Final = (
    opt("file", type=filled, metavar="文件", help="xlsx 或者 csv（UTF-8、GB18030）"),
    opt("--mapping", action="append", default=[], type=reasoned, metavar="表头=内容",
        help="这一列是什么，可写多次，按表头记住；内容的名称见 --preview"),
    opt("--preview", action="store_true", help="只看怎样录入，不录入"),
    opt("--refused", type=filled, metavar="文件", help="退回的行写成哪个文件，默认在原文件旁边"),
)  # fmt: skip
PLACE: Final = "--vault ./库 --password-file 密码.txt"


LEAVES: Final[tuple[Leaf, ...]] = (
    Leaf("app", "desktop:app", "打开桌面", "mediator app"),
    Leaf("demo", "demo:demo", "用随附的六个案件走一遍主要流程", "mediator demo --dir ./演示",
         (opt("--dir", type=filled, metavar="文件夹", help="演示放在哪里，默认在本程序的数据文件夹里"),)),
    Leaf("screenshots", "desktop:screenshots", "把桌面每一页存成图片", "mediator screenshots --out ./图", (OUT,)),
    Leaf("vault create", "vault:create", "新建保险库，显示一次恢复码",
         "mediator vault create --vault ./库 --organization 镇调委会 --division 331122101 --user li --name 李调解",
         (opt("--organization", required=True, metavar="名称", help="调解组织名称，与印章一致"),
          opt("--division", required=True, metavar="代码", help="行政区划代码，6、9 或者 12 位"),
          opt("--name", required=True, metavar="姓名", help="第一位用户的姓名"))),
    Leaf("vault check", "vault:check", "核对保险库是否完好", f"mediator vault check --full {PLACE}",
         (opt("--full", action="store_true", help="连同每条记录的签名一起核对"),)),
    Leaf("vault passwd", "vault:passwd", "更改密码", f"mediator vault passwd {PLACE} --new-password-file 新密码.txt",
         (NEW_PASSWORD,)),
    Leaf("vault user add", "vault:user_add", "添加用户", f"mediator vault user add wang --name 王调解 {PLACE}",
         (LOGIN, opt("--name", metavar="姓名", help="用户的姓名，默认与登录名相同"), NEW_PASSWORD)),
    Leaf("vault user remove", "vault:user_remove", "移除用户", f"mediator vault user remove wang {PLACE}",
         (LOGIN,)),
    Leaf("vault user list", "vault:user_list", "列出用户", f"mediator vault user list {PLACE}"),
    Leaf("vault backup", "vault:backup", "备份，写好后核对", f"mediator vault backup --out ./备份 {PLACE}", (OUT,)),
    Leaf("vault restore", "vault:restore", "从备份恢复成新的保险库",
         "mediator vault restore --from ./备份/mediator-backup-20260305 --vault ./新库 --password-file 密码.txt",
         (opt("--from", dest="source", required=True, type=filled, metavar="文件夹", help="备份所在的文件夹"),)),
    Leaf("vault recover", "vault:recover", "用恢复码设置新密码",
         "mediator vault recover --vault ./库 --code-file 恢复码.txt --new-password-file 新密码.txt",
         (CODE_FILE, NEW_PASSWORD)),
    Leaf("case import", "case:take_in", "录入案件文件，一个文件要么全部录入，要么一件不录",
         f"mediator case import 案件.json {PLACE}", (CASE_FILES,)),
    Leaf("case list", "case:listed", "案件列表", f"mediator case list --status signed {PLACE}",
         (opt("--status", metavar="状态", help="只列这种状态，如 accepted、signed"),
          opt("--limit", type=at_least_one, default=100, metavar="数", help="最多列几件"))),
    Leaf("case show", "case:show", "显示一个案件", f"mediator case show 临7H2M9-0001 {PLACE}", (CASE,)),
    Leaf("case search", "search:search", "逐字查找姓名、号码、事实、笔录、条款、文书和其他填写的内容",
         f"mediator case search 厕所 --village 双溪口 --from 2026-01-01 {PLACE}",
         (opt("text", nargs="+", type=filled, metavar="文字", help="一个字起，几个词须同在一案；姓名可用拼音、首字母"),
          opt("--status", default="", metavar="状态", help="只查这种状态，如 accepted、signed"),
          opt("--type", dest="dispute_type", default="", metavar="类型", help="只查这类纠纷，写出类型中的几个字即可"),
          opt("--kind", default="", metavar="种类", help="只查这种案件，如 people_mediation"),
          opt("--from", dest="since", type=day, metavar="日期", help="受理日期（未受理的看登记日期）从这天起"),
          opt("--to", dest="until", type=day, metavar="日期", help="到这天为止"),
          opt("--village", default="", metavar="村", help="只查这个村（社区）"),
          opt("--mediator", default="", metavar="姓名", help="只查这位调解员最近主持的"),
          opt("--limit", type=at_least_one, default=50, metavar="数", help="最多列几处"))),
    Leaf("case checks", "case:checks", "列出全部问题和期限", f"mediator case checks 临7H2M9-0001 {PLACE}", (CASE,)),
    Leaf("case orders", "supervision:orders", "提出到期的催办、督办和工作建议，列出等待办理的，或者一个案件的全部",
         f"mediator case orders {PLACE}",
         (opt("case", nargs="?", type=filled, metavar="案件", help="案号或者内部编号，不写则列出各案等待办理的"),)),
    Leaf("case answer", "supervision:answer", "答复一份催办单、督办单或者工作建议",
         f"mediator case answer 临7H2M9-0001 1f0c9a2b --text 已约双方周五面谈 {PLACE}",
         (CASE, opt("order", type=filled, metavar="编号", help="督促单的编号或者前几位，见 case orders"),
          opt("--text", required=True, type=filled, metavar="内容", help="办理情况"))),
    Leaf("case move", "course:move", "改变案件的状态，不写状态则列出可以改为什么",
         f"mediator case move 临7H2M9-0001 closed --by 王主任 {PLACE}",
         (CASE, opt("state", nargs="?", default="", metavar="状态", help="如 accepted、handling、closed"),
          opt("--reason", default="", metavar="理由", help="不予受理、终止、重新调解等要写明"),
          opt("--by", default="", metavar="姓名", help="批准的负责人，结案、终结、重新调解要写明"),
          opt("--on", metavar="日期", help="受理日期，如 2026-03-05，默认今天"))),
    Leaf("case link", "course:link", "关联两个事项，解除关联，或者列出关联的事项和结果",
         f"mediator case link 临7H2M9-0001 临7H2M9-0002 --as petition_to_mediation {PLACE}",
         (CASE, opt("other", nargs="?", default="", metavar="去向", help="本案转成的另一事项的案号"),
          opt("--as", dest="why", default="", metavar="关联", help="如 petition_to_mediation、litigation_apart、joint"),
          opt("--note", default="", metavar="说明", help="关联的说明"),
          opt("--remove", default="", metavar="编号", help="解除这项关联，编号见列表"),
          opt("--reason", default="", metavar="理由", help="为什么解除"))),
    Leaf("case reopen", "course:reopen", "已结的事项重新登记为新的一件，两件互相关联",
         f"mediator case reopen 临7H2M9-0001 --reason 对方反悔 --by 王主任 {PLACE}",
         (CASE, opt("--reason", required=True, metavar="理由", help="为什么重新调解"),
          opt("--by", required=True, metavar="姓名", help="批准的负责人"))),
    Leaf("case review", "course:review", "登记信访事项三步审核的下一步，或者列出走到哪一步",
         f"mediator case review 临7H2M9-0001 investigated --text 反映属实 {PLACE}",
         (CASE, opt("step", nargs="?", default="", metavar="步骤", help="investigated、analysed、approved"),
          opt("--text", default="", metavar="内容", help="查明的情况或者意见"),
          opt("--by", default="", metavar="姓名", help="办理人，默认是当前用户"))),
    Leaf("case satisfaction", "course:satisfaction", "登记、作废或者列出满意度",
         f"mediator case satisfaction 临7H2M9-0001 --about body --answer satisfied --asked 李四 --by 周监督 {PLACE}",
         (CASE, opt("--about", default="", metavar="对象", help="body 承办单位、office 信访工作机构"),
          opt("--answer", default="", metavar="评价", help="satisfied、mostly、dissatisfied、unrated"),
          opt("--asked", default="", metavar="姓名", help="被询问的人"),
          opt("--by", default="", metavar="姓名", help="询问的人，不能是被评价的人；默认是当前用户"), ON,
          opt("--note", default="", metavar="说明", help="不满意的原因等"),
          opt("--void", default="", metavar="编号", help="作废这一条，编号见列表"), WHY)),
    Leaf("case petition", "course:petition", "初信初访或者重复、一件事一清单、群体、办理清单",
         f"mediator case petition 临7H2M9-0001 --visit repeated --reason 以前来访没有登记 {PLACE}",
         (CASE, opt("--visit", default="", metavar="标记", help="更正为 first、repeated，或者 computed 恢复自动判断"),
          opt("--reason", default="", metavar="理由", help="为什么更正"))),
    Leaf("case road", "performance:road", "建议走哪条途径、选定途径、登记司法确认和赋强公证的进展",
         f"mediator case road 临7H2M9-0001 confirmation --step asked --on 2026-03-05 {PLACE}",
         (CASE, opt("road", nargs="?", default="", metavar="途径", help="途径的编号，如 confirmation、notary"),
          opt("--reason", default="", metavar="理由", help="与建议不同的，写明为什么"),
          opt("--step", default="", metavar="步骤", help="asked 已申请、granted 已办成、refused 未获准"), ON,
          opt("--text", default="", metavar="内容", help="文号、驳回的理由等"))),
    Leaf("case performance", "performance:performance", "履行情况：每项义务、收条、回访、违约后怎么办",
         f"mediator case performance 临7H2M9-0001 {PLACE}", (CASE,)),
    Leaf("case amend", "performance:amend", "按已出具的补充协议变更一项义务，或者作废一项变更",
         f"mediator case amend 临7H2M9-0001 1 --paper 临7H2M9-0001-补1 --due 2026-06-01 {PLACE}",
         (CASE, opt("obligation", nargs="?", type=at_least_one, metavar="第几项", help="见 case performance"),
          opt("--paper", default="", metavar="文号", help="补充协议的文号"),
          opt("--amount", default="", metavar="元", help="新的金额，如 3000.00"),
          opt("--due", type=day, metavar="日期", help="新的期限"),
          opt("--waive", action="store_true", help="免除尚未履行的部分"), ON,
          opt("--note", default="", metavar="说明", help="变更的说明"),
          opt("--void", default="", metavar="编号", help="作废这项变更"), WHY)),
    Leaf("case similar", "likeness:similar", "相似的旧案：结果、条款和为什么相似",
         f"mediator case similar 临7H2M9-0001 {PLACE}",
         (CASE,
          opt("--unlike", action="append", default=[], type=filled, metavar="案件", help="这一件不像，以后不再列出"),
          opt("--reason", default="", metavar="理由", help="为什么不像"))),
    Leaf("case duplicates", "likeness:duplicates", "疑似重复登记的事项和同一当事人，由人判断",
         f"mediator case duplicates 临7H2M9-0001 --unlike 临7H2M9-0002 --reason 两次纠纷 {PLACE}",
         (CASE, opt("--same", action="append", default=[], type=filled, metavar="案件", help="确认相同，两件互相关联"),
          opt("--unlike", action="append", default=[], type=filled, metavar="案件", help="不相同，以后不再列出"),
          opt("--reason", default="", metavar="理由", help="判断的理由"))),
    Leaf("import ledger", "ledger:ledger", "录入旧台账（xlsx、csv），读不懂的行退回改好再录",
         f"mediator import ledger 台账.xlsx --mapping 事由=facts --preview {PLACE}", TABLE),
    Leaf("import hotline", "ledger:hotline", "录入12345导出的工单，并写出回执",
         f"mediator import hotline 工单.xlsx --receipt 回执.xlsx {PLACE}",
         (*TABLE, opt("--receipt", type=filled, metavar="文件", help="交回12345的回执写成哪个文件"))),
    Leaf("case event add", "periods:event_add", "登记期限起止所依据的办理环节",
         f"mediator case event add 临7H2M9-0001 delivered --on 2026-03-05 {PLACE}",
         (CASE, opt("word", type=filled, metavar="环节", help="如 applied、answered、delivered、handed_over"), ON,
          opt("--text", default="", metavar="内容", help="办理的内容"),
          opt("--by", default="", metavar="姓名", help="办理人，默认是当前用户"))),
    Leaf("case event list", "periods:event_list", "列出登记过的办理环节",
         f"mediator case event list 临7H2M9-0001 {PLACE}", (CASE,)),
    Leaf("case event void", "periods:event_void", "作废一条办理环节",
         f"mediator case event void 临7H2M9-0001 编号 --reason 登记错了 {PLACE}",
         (CASE, opt("event", type=filled, metavar="编号", help="见 case event list"), WHY)),
    Leaf("case period extend", "periods:period_extend", "经批准延长一个期限",
         f"mediator case period extend 临7H2M9-0001 D03 --length 1 --by 王主任 --reason 情况复杂 {PLACE}",
         (CASE, RULE, opt("--length", required=True, type=at_least_one, metavar="数", help="单位按规则，月或者日"),
          *APPROVED)),
    Leaf("case period pause", "periods:period_pause", "经批准中止一个期限",
         f"mediator case period pause 临7H2M9-0001 D14 --by 王主任 --reason 听证 {PLACE}", (CASE, RULE, *APPROVED)),
    Leaf("case period resume", "periods:period_resume", "恢复中止的期限",
         f"mediator case period resume 临7H2M9-0001 D14 --by 王主任 --reason 听证结束 {PLACE}",
         (CASE, RULE, *APPROVED)),
    Leaf("case period list", "periods:period_list", "列出期限的变更",
         f"mediator case period list 临7H2M9-0001 {PLACE}", (CASE,)),
    Leaf("case period void", "periods:period_void", "作废一条期限变更",
         f"mediator case period void 临7H2M9-0001 编号 --reason 登记错了 {PLACE}",
         (CASE, opt("change", type=filled, metavar="编号", help="见 case period list"), WHY)),
    Leaf("calendar show", "periods:calendar_show", "现在按哪一份日历和哪一套期限规则计算，从哪里来",
         f"mediator calendar show --year 2026 {PLACE}",
         (opt("--year", type=a_year, metavar="年", help="列出这一年的放假和上班日，默认今年"),)),
    Leaf("hearing record", "hearing:record", "逐行记笔录：发言人、制表符、内容；每行存好后显示 saved N",
         f"mediator hearing record 临7H2M9-0001 --place 调解室 {PLACE} < 笔录.txt",
         (CASE, opt("--held-at", metavar="时间", help="如 2026-03-05T09:30:00+08:00，默认现在"),
          opt("--place", metavar="地点", help="调解地点"),
          opt("--mediator", action="append", metavar="姓名", help="调解员，可写多次，默认是当前用户"),
          opt("--recorder", metavar="姓名", help="记录人"),
          opt("--close", action="store_true", help="记完即关闭笔录"))),
    Leaf("agreement clauses", "agreement:clauses", "条款库，适合本案的排在前面",
         f"mediator agreement clauses 临7H2M9-0001 {PLACE}", (CASE,)),
    Leaf("agreement add", "agreement:add", "从条款库加一条，付款计划一并写好",
         f"mediator agreement add 临7H2M9-0001 instalments --slots 条款.json {PLACE}",
         (CASE, opt("template", type=filled, metavar="条款", help="见 agreement clauses"),
          opt("--slots", required=True, metavar="文件", help="JSON，名称见 agreement clauses；- 表示标准输入"))),
    Leaf("agreement show", "agreement:show", "显示条款、付款计划和到期日",
         f"mediator agreement show 临7H2M9-0001 {PLACE}", (CASE,)),
    Leaf("document kinds", "document:kinds", "文书种类", "mediator document kinds"),
    Leaf("document make", "document:make", "出具文书",
         f"mediator document make 临7H2M9-0001 mediation_agreement --out ./文书 {PLACE}",
         (CASE, opt("kinds", nargs="+", metavar="种类", help="见 document kinds"),
          opt("--format", default="docx,pdf", metavar="格式", help="docx、pdf，用逗号分开"), OUT,
          opt("--replaces", type=filled, metavar="文号", help="更正或者代替哪一份已出具的文书"),
          opt("--draft", action="store_true", help="打印草稿，不编号，不登记"),
          opt("--template", default="", metavar="编号", help="按模板出具：模板编号，default 是现行的模板"))),
    Leaf("document due", "dossier:due", "出具案件现在应当有而还没有的全部文书",
         f"mediator document due 临7H2M9-0001 --out ./文书 {PLACE}",
         (CASE, opt("--format", default="docx,pdf", metavar="格式", help="docx、pdf，用逗号分开"), OUT)),
    Leaf("document fields", "document:fields", "一种文书要填哪些内容", "mediator document fields hearing_notice",
         (opt("kind", metavar="种类", help="见 document kinds"),)),
    Leaf("document fill", "document:fill", "填写一份文书要用的内容，出具时使用",
         f"mediator document fill 临7H2M9-0001 hearing_notice --values 内容.json {PLACE}",
         (CASE, opt("kind", metavar="种类", help="见 document kinds"),
          opt("--values", required=True, metavar="文件", help="JSON，名称见 document fields；- 表示标准输入"),
          opt("--form", metavar="编号", help="改写已经填过的一份"))),
    Leaf("document blank", "document:blank", "打印空白文书，停电时手写",
         f"mediator document blank receipt --out ./文书 {PLACE}",
         (opt("kinds", nargs="+", metavar="种类", help="见 document kinds"),
          opt("--format", default="docx,pdf", metavar="格式", help="docx、pdf，用逗号分开"), OUT)),
    Leaf("document picture", "papers:picture", "给字体里没有的字放入图片，以后的文书都用它",
         f"mediator document picture 临7H2M9-0001 𠀣 字形.png {PLACE}",
         (CASE, opt("char", type=filled, metavar="字", help="姓名里的那个字"),
          opt("file", type=filled, metavar="图片", help="PNG，白底黑字，一个字占满"))),
    Leaf("document verify", "papers:verify", "核对文书文件与登记是否相符，也可以核对二维码的图片",
         f"mediator document verify 协议书.pdf {PLACE}", (PAPER_FILES,)),
    Leaf("document check", "papers:check", "检查文书文件本身有没有毛病，不用保险库",
         "mediator document check 协议书.docx 协议书.pdf", (CHECKED_FILES,)),
    Leaf("document page", "papers:page", "写一个不用联网就能核对二维码的网页",
         f"mediator document page --out ./核对.html {PLACE}",
         (opt("--out", required=True, type=filled, metavar="文件", help="网页写成哪个文件"),)),
    Leaf("document reprint", "papers:reprint", "把出具过的文书原样再写一份",
         f"mediator document reprint 临7H2M9-0001 临7H2M9-0001-申1 --copy --out ./文书 {PLACE}",
         (CASE, opt("number", type=filled, metavar="文号", help="出具时的文号"), OUT,
          opt("--copy", action="store_true", help="每页打上“副本”二字"))),
    Leaf("dossier", "dossier:bind", "把一个案件的全部文书装订成卷宗",
         f"mediator dossier 临7H2M9-0001 --out ./卷宗 --excuse application=口头申请 {PLACE}",
         (CASE, OUT, opt("--simple", action="store_true", help="一案一表简易卷"),
          opt("--excuse", action="append", default=[], type=reasoned, metavar="材料=理由",
              help="说明缺件的理由，可写多次"))),
    Leaf("dossier attach", "dossier:attach", "把扫描件、照片或者 PDF 附入卷宗",
         f"mediator dossier attach 临7H2M9-0001 照片.jpg --as 证据 --title 现场照片 {PLACE}",
         (CASE, opt("file", type=filled, metavar="文件", help="JPEG、PNG、TIFF 或者 PDF"),
          opt("--as", dest="place", required=True, type=filled, metavar="位置",
              help="申请、受理、通知、调查、证据、笔录、协议、确认、履行、回访、其他，或者文书的名称"),
          opt("--title", required=True, type=filled, metavar="名称", help="材料的名称，写进目录"))),
    Leaf("template fields", "template:fields", "一种文书的模板能用哪些字段", "mediator template fields receipt",
         (opt("kind", metavar="种类", help="见 document kinds"),)),
    Leaf("template start", "template:start", "写出随附的模板，供修改", "mediator template start receipt --out ./模板",
         (opt("kind", metavar="种类", help="见 document kinds"), OUT)),
    Leaf("template add", "template:add", "核对并添加一份模板，等另一位用户批准",
         f"mediator template add 收条.docx --kind receipt --version 2026-1 {PLACE}",
         (opt("file", type=filled, metavar="文件", help="docx 文件，用 Word 或者 WPS 编辑"),
          opt("--kind", required=True, metavar="种类", help="见 document kinds"),
          opt("--version", required=True, type=filled, metavar="版本", help="如 2026-1"),
          opt("--valid-from", metavar="日期", help="从哪天起使用，如 2026-03-05，默认今天"))),
    Leaf("template list", "template:listed", "列出模板", f"mediator template list {PLACE}"),
    Leaf("template try", "template:attempt", "用随附的案件试做一份模板，印“样稿”",
         f"mediator template try 编号 --out ./样稿 {PLACE}", (TEMPLATE, OUT)),
    Leaf("template approve", "template:approve", "批准别人添加的模板",
         f"mediator template approve 编号 --user wang {PLACE}", (TEMPLATE,)),
    Leaf("dossier verify", "dossier:verify", "核对卷宗与清单是否相符，不需要保险库",
         "mediator dossier verify 卷宗.pdf 卷宗清单.json",
         (opt("volume", type=filled, metavar="卷宗", help="装订时写出的 pdf"),
          opt("listing", type=filled, metavar="清单", help="同时写出的 json"))),
    Leaf("sync usb", "sync:usb", "用 U 盘或者文件夹交换一次", f"mediator sync usb /media/stick {PLACE}",
         (FOLDER,)),
    Leaf("sync network", "sync:network", "通过网络交换一次", f"mediator sync network {PLACE}",
         (opt("url", nargs="?", type=filled, metavar="网址", help="默认是加入时的县中心"),)),
    Leaf("sync status", "sync:status", "同步到哪一步了", f"mediator sync status {PLACE}"),
    Leaf("enroll network", "sync:enroll_network", "用登记码加入县中心",
         f"mediator enroll network https://center.example --code ABCD-1234 {PLACE}",
         (CENTER, opt("--code", required=True, metavar="登记码", help="县里给的一次性登记码"))),
    Leaf("enroll usb", "sync:enroll_usb", "用 U 盘上的文件加入县中心", f"mediator enroll usb /media/stick {PLACE}",
         (FOLDER,)),
    Leaf("report", "report:report", "统计报表和台账，不写种类则列出种类",
         f"mediator report ledger --from 2026-01-01 --to 2026-03-31 --out ./报表 {PLACE}",
         (opt("kind", nargs="?", type=filled, metavar="种类", help="month、quarter、year、ledger 等"),
          opt("--from", dest="first", metavar="日期", help="从哪天起，默认是本月、本季、本年的第一天"),
          opt("--to", dest="last", metavar="日期", help="到哪天止，报表默认到期末，台账默认到今天"),
          opt("--format", default="xlsx,pdf", metavar="格式", help="xlsx、pdf、docx，用逗号分开"),
          opt("--out", type=filled, metavar="文件夹", help="结果写到哪里"))),
)  # fmt: skip

PAIRS: Final = frozenset({"dossier attach", "dossier verify"})
GROUPS: Final = {
    "vault": "保险库：新建、核对、密码、用户、备份和恢复",
    "vault user": "保险库的用户",
    "case": "案件：录入、列表、显示、查找、相似、重复、问题和期限",
    "case event": "办理环节：登记、列出、作废",
    "case period": "期限的变更：延长、中止、恢复",
    "calendar": "日历和期限规则",
    "import": "录入表格：旧台账和12345工单",
    "hearing": "调解笔录",
    "agreement": "协议：条款库、条款、付款计划和到期日",
    "document": "文书：种类、出具、核对、检查、重印",
    "template": "文书模板：字段、添加、试做、批准",
    "sync": "与县中心交换",
    "enroll": "加入县中心",
}


def add_common(parser: argparse.ArgumentParser) -> None:
    """Options of every command, before it or after it."""
    parser.add_argument("--vault", type=filled, metavar="文件夹", help="保险库所在的文件夹")
    words = "密码所在的文件，- 表示标准输入；不写则由终端询问"
    parser.add_argument("--password-file", type=filled, metavar="文件", help=words)
    parser.add_argument("--user", metavar="登录名", help="以哪位用户登录，默认是唯一的用户")
    parser.add_argument("--json", action="store_true", help="结果写成一份 JSON")


def build(version: str) -> Parser:
    """The whole parser; a command stands in `deed`, its words in `command_name`."""
    common = option_group(add_common)
    root = Parser(
        prog="mediator", description="调解助手：乡镇调解室的加密桌面。不写命令则打开桌面。",
        example="mediator demo --dir ./演示", parents=[common],
    )  # fmt: skip
    root.add_argument("--version", action="version", version=f"mediator {version}", help="显示版本")
    root.set_defaults(deed="desktop:app", command_name="app", group=None)
    branches: dict[str, Any] = {"": root.add_subparsers(title="命令", metavar=NEXT_WORD)}
    for words, about in GROUPS.items():
        _add_group(branches, words, about, common)
    for leaf in LEAVES:
        _add_leaf(branches, leaf, common)
    return root


def _add_group(branches: dict[str, Any], words: str, about: str, common: argparse.ArgumentParser) -> None:
    """A word that only leads to further words."""
    above, _, word = words.rpartition(" ")
    first = next(leaf for leaf in LEAVES if leaf.words.startswith(f"{words} "))
    parser = branches[above].add_parser(
        word, prog=f"mediator {words}", help=about, description=about, example=first.example, parents=[common]
    )
    parser.set_defaults(deed=None, group=words)
    branches[words] = parser.add_subparsers(title="命令", metavar=NEXT_WORD)


def _add_leaf(branches: dict[str, Any], leaf: Leaf, common: argparse.ArgumentParser) -> None:
    """One command."""
    above, _, word = leaf.words.rpartition(" ")
    if above not in branches:  # `dossier` stands alone as well
        above, word = "", leaf.words
    parser = branches[above].add_parser(
        word, prog=f"mediator {leaf.words}", help=leaf.about, description=leaf.about, example=leaf.example,
        parents=[common],
    )  # fmt: skip
    parser.set_defaults(deed=leaf.deed, command_name=leaf.words)
    for names, settings in leaf.options:
        parser.add_argument(*names, **settings)


def parse(argv: Sequence[str], version: str) -> argparse.Namespace:
    """The options of a command line; raises UsageProblem."""
    unset = argparse.Namespace(vault=None, password_file=None, user=None, json=False)
    return build(version).parse_args(joined(argv), unset)


def joined(argv: Sequence[str]) -> list[str]:
    """The words with `dossier attach` and the like as one, because `dossier` alone takes a case there."""
    words = list(argv)
    for place, pair in enumerate(pairwise(argv)):
        if " ".join(pair) in PAIRS:
            return [*words[:place], " ".join(pair), *words[place + 2 :]]
    return words


def deed_of(options: argparse.Namespace) -> Callable[[Call], Result]:
    """The function a command line asks for, its rooms imported now."""
    module, _, name = options.deed.partition(":")
    found: Callable[[Call], Result] = getattr(import_module(f"mediator.commands.{module}"), name)
    return found


def words_of(argv: Sequence[str]) -> bool:
    """True when the document is asked for as JSON, even if the rest of the line is wrong."""
    return "--json" in argv
