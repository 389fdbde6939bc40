"""Every command: its words, its options, its example, and the function that does it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any, Final

from mediator.commands.case_leaves import CASE_LEAVES
from mediator.commands.leaf import (
    CASE,
    CENTER,
    CHECKED_FILES,
    CODE_FILE,
    FOLDER,
    LOGIN,
    NEW_PASSWORD,
    ON,
    OUT,
    PAPER_FILES,
    PLACE,
    TABLE,
    TEMPLATE,
    Leaf,
    a_year,
    filled,
    opt,
    reasoned,
)
from mediator.commands.program import Call, Result
from mediator.commands.township_leaves import TOWNSHIP_LEAVES
from mediator.commands.wording import NEXT_WORD, Parser, option_group

Add = Callable[[argparse.ArgumentParser], None]

ITEMS: Final = opt("items", nargs="*", metavar="内容", help="当事人、发言、材料、录音的内部编号，不写就是整案")
SECOND: Final = (
    opt("--second", required=True, type=filled, metavar="登录名", help="一同决定的另一位用户"),
    opt("--second-password-file", type=filled, metavar="文件",
        help="这位用户的密码所在的文件，- 表示标准输入；不写则由终端询问"),
)  # fmt: skip
LEAVES: Final[tuple[Leaf, ...]] = (
    Leaf("app", "desktop:app", "打开桌面", "mediator app"),
    Leaf("demo", "demo:demo", "用随附的六个案件走一遍主要流程", "mediator demo --dir ./演示",
         (opt("--dir", type=filled, metavar="文件夹", help="演示放在哪里，默认在本程序的数据文件夹里"),)),
    Leaf("screenshots", "desktop:screenshots", "把桌面每一页存成图片", "mediator screenshots --every --out ./图",
         (OUT, opt("--every", action="store_true", help="三种字号、三种颜色、两种屏幕，全部"))),
    Leaf("poster", "poster:write", "打印贴在墙上的调解程序", f"mediator poster --size A4,A3 --out ./海报 {PLACE}",
         (OUT, opt("--size", default="A4,A3", metavar="纸张", help="A4、A3，用逗号分开"))),
    Leaf("vault create", "vault:create", "新建保险库，显示一次恢复码",
         "mediator vault create --vault ./库 --organization 镇调委会 --division 331122101 --user li --name 李调解",
         (opt("--organization", required=True, metavar="名称", help="调解组织名称，与印章一致"),
          opt("--division", required=True, metavar="代码", help="行政区划代码，6、9 或者 12 位"),
          opt("--name", required=True, metavar="姓名", help="第一位用户的姓名"))),
    Leaf("vault practice", "vault:practice", "练习室：编出来的案件，不和真的混在一起",
         f"mediator vault practice --again {PLACE}", (opt("--again", action="store_true", help="从头再来"),)),
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
    *CASE_LEAVES,
    Leaf("import ledger", "ledger:ledger", "录入旧台账（xlsx、csv），读不懂的行退回改好再录",
         f"mediator import ledger 台账.xlsx --mapping 事由=facts --preview {PLACE}", TABLE),
    Leaf("import hotline", "ledger:hotline", "录入12345导出的工单，并写出回执",
         f"mediator import hotline 工单.xlsx --receipt 回执.xlsx {PLACE}",
         (*TABLE, opt("--receipt", type=filled, metavar="文件", help="交回12345的回执写成哪个文件"))),
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
    Leaf("agreement sign", "agreement:sign", "签订协议，内容从此冻结；还有提示的，写明理由",
         f"mediator agreement sign 临7H2M9-0001 --on 2026-03-05 --reason 双方要求照此签订 {PLACE}",
         (CASE, ON, opt("--reason", default="", metavar="理由", help="提示都不改的理由，与提示一起保存"))),
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
    Leaf("document check", "papers:check", "检查文书文件本身有没有毛病，不用保险库；写明案件的，还对照登记的姓名",
         "mediator document check 协议书.docx 协议书.pdf",
         (CHECKED_FILES, opt("--case", type=filled, metavar="案件", help="文书所属的案件，要用保险库"))),
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
    Leaf("template withdraw", "template:withdraw", "撤回一份模板，以后不再按它出文书",
         f"mediator template withdraw 编号 --reason 落款有误 {PLACE}",
         (TEMPLATE, opt("--reason", required=True, type=filled, metavar="理由", help="为什么撤回"))),
    Leaf("dossier verify", "dossier:verify", "核对卷宗与清单是否相符，不需要保险库",
         "mediator dossier verify 卷宗.pdf 卷宗清单.json",
         (opt("volume", type=filled, metavar="卷宗", help="装订时写出的 pdf"),
          opt("listing", type=filled, metavar="清单", help="同时写出的 json"))),
    Leaf("erasure plan", "erasure:plan", "依法删除以前：会删掉什么，会留下什么，为什么",
         f"mediator erasure plan 临7H2M9-0001 {PLACE}", (CASE, ITEMS)),
    Leaf("erasure decide", "erasure:decide", "两个人决定，依法删除，不能恢复",
         f"mediator erasure decide 临7H2M9-0001 --ground pipl47.3 --second wang {PLACE}",
         (CASE, ITEMS,
          opt("--ground", required=True, metavar="依据",
              help="个人信息保护法第四十七条：pipl47.1 目的已实现，pipl47.2 期限届满，pipl47.3 撤回同意，"
                   "pipl47.4 违法处理，pipl47.5 其他"), *SECOND)),
    Leaf("recording list", "recordings:listed", "案件的录音", f"mediator recording list 临7H2M9-0001 {PLACE}", (CASE,)),
    Leaf("recording export", "recordings:export", "把一段录音导出成WAV文件，写明原因",
         f"mediator recording export 临7H2M9-0001 编号 --reason 法院调取 --out ./录音 {PLACE}",
         (CASE, opt("recording", type=filled, metavar="录音", help="编号，见 recording list"), OUT,
          opt("--reason", required=True, metavar="原因", help="给谁、做什么用，记入审计"))),
    Leaf("recording recall", "recordings:recall", "取回县中心有、这台电脑上没有的录音或者扫描件，下次同步时带回来",
         f"mediator recording recall 临7H2M9-0001 编号 {PLACE}",
         (CASE, opt("file", type=filled, metavar="编号", help="录音的编号，见 recording list；或者扫描件的编号"))),
    Leaf("recording thin", "recordings:thin", "腾出空间：县中心收齐满九十天、结案、已有备份的录音不再留在这台电脑上",
         f"mediator recording thin --list {PLACE}", (opt("--list", action="store_true", help="只列出，不动"),)),
    Leaf("recording due", "recordings:due", "保管期满、可以销毁的录音", f"mediator recording due {PLACE}"),
    Leaf("recording destroy", "recordings:destroy", "两个人决定，销毁保管期满的录音，写出销毁清单",
         f"mediator recording destroy --second wang --out ./清单 {PLACE}",
         (opt("recordings", nargs="*", metavar="录音", help="见 recording due，不写就是全部到期的"), OUT, *SECOND)),
    Leaf("erasure list", "erasure:listed", "别处决定、等这台电脑执行的删除", f"mediator erasure list {PLACE}"),
    Leaf("erasure carry-out", "erasure:carry_out", "执行别处决定的删除", f"mediator erasure carry-out --all {PLACE}",
         (opt("decisions", nargs="*", metavar="编号", help="见 erasure list"),
          opt("--all", action="store_true", help="全部执行"))),
    Leaf("erasure waive", "erasure:waive", "从备份恢复以后，不等县里的删除清单",
         f"mediator erasure waive --reason 县里已停止使用 {PLACE}",
         (opt("--reason", required=True, metavar="理由", help="为什么不等，记入审计"),)),
    *TOWNSHIP_LEAVES,
    Leaf("sync usb", "sync:usb", "用 U 盘或者文件夹交换一次", f"mediator sync usb /media/stick --slip ./交接单 {PLACE}",
         (FOLDER, opt("--slip", type=filled, metavar="文件夹", help="交接单（PDF）写到哪里，和 U 盘一起送去"))),
    Leaf("sync receipt", "sync:receipt", "记下县中心的回执单：码的图片，或者扫出、照着输入的字符",
         f"mediator sync receipt 回执.jpg {PLACE}",
         (opt("slip", type=filled, metavar="回执", help="PNG、JPEG 文件，或者字符（空格连起来的写在引号里）"),)),
    Leaf("sync network", "sync:network", "通过网络交换一次", f"mediator sync network {PLACE}",
         (opt("url", nargs="?", type=filled, metavar="网址", help="默认是加入时的县中心"),)),
    Leaf("sync proxy", "sync:proxy", "经单位的代理服务器连县中心；不写则显示，none 是不用",
         f"mediator sync proxy 10.1.2.3:8080 {PLACE}",
         (opt("address", nargs="?", type=filled, metavar="地址", help="主机和端口，由网络管理员提供；none 是不用"),)),
    Leaf("sync auto", "sync:auto", "桌面有网络时自动同步，或者只在按下时", f"mediator sync auto off {PLACE}",
         (opt("wanted", choices=("on", "off"), metavar="on|off", help="on 自动，off 只在按下时"),)),
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
    "case": "案件：录入、查找、状态、关联、途径、履行、问题和期限",
    "case event": "办理环节：登记、列出、作废",
    "case period": "期限的变更：延长、中止、恢复",
    "calendar": "日历和期限规则",
    "import": "录入表格：旧台账和12345工单",
    "hearing": "调解笔录",
    "agreement": "协议：条款库、条款、付款计划、到期日和签订",
    "document": "文书：种类、出具、核对、检查、重印",
    "template": "文书模板：字段、添加、试做、批准、撤回",
    "recording": "调解录音：列出、导出、取回、腾出空间、保管期满的销毁",
    "erasure": "依法删除：先看、决定、执行别处的决定",
    "township": "乡镇密钥：本乡镇的电脑之间共用，县中心看不到",
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
