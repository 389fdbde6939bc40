"""The commands of `mediator-center`: words, options, examples. What they do stands in `deeds` or is handed in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from importlib import metadata
from typing import Any, Final

from mediator.commands.wording import Parser, UsageProblem, option_group
from sync.center import backup_deeds, deeds, erasure_deeds, line_deeds, slips, table_deeds
from sync.center.county import Center
from sync.center.deeds import Result

PORT: Final = 8470
LAST_PORT: Final = 65_535
MOST: Final = 1_000_000
MOST_WORKERS: Final = 32
EXAMPLE: Final = "mediator-center serve --data 县中心"
EXAMPLES: Final = {
    "init": " --name 某县矛盾纠纷调解中心 --division 331122 --admin shen --password-file 密码.txt",
    "takeover": " --name 某县矛盾纠纷调解中心 --admin shen --password-file 密码.txt --keys /media/密钥",
    "serve": " --port 8470",
    "certificate": " --host center.example --renew",
    "enroll": " --township 331122101", "usb": " /media/usb", "supervise": " --issue",
    "show": " （2026）缙壶民调字第0001号", "revoke": " 07", "slip": " 07",
    "passwd": " --login shen --password-file 密码.txt",
    "backup": " --out /mnt/备份", "restore": " --from /mnt/备份/mediator-center-backup-331122-20260305-220000",
    "publish": " 2027年节假日.json --kind calendar --edition 2027-1 --preview",
}  # fmt: skip
Deed = Callable[[Namespace], Result]
AtCenter = Callable[[Callable[[Center, Namespace], Result]], Deed]


class Tree:
    """Where commands are hung up, each with its example, `--json` and the place of the data.

    `at` makes a deed at an open center a command; `own` are the start-up file's deeds by their words.
    """

    __slots__ = ("_common", "_placed", "_words", "at", "own", "root")

    def __init__(self, at: AtCenter, own: Mapping[str, Deed]) -> None:
        """The root, without a command yet."""
        about = "县中心：接收各室的记录，给出收据，供人查看"
        self.at, self.own = at, own
        self._common = option_group(
            lambda made: made.add_argument("--json", action="store_true", help="结果写成一份 JSON")
        )
        self._placed = place_options()
        self.root = Parser(prog="mediator-center", description=about, example=EXAMPLE, parents=[self._common])
        self.root.add_argument("--version", action="version", version=f"mediator-center {version()}", help="显示版本")
        self.root.set_defaults(deed=None)
        self._words: Any = self.root.add_subparsers(title="命令", metavar="命令")

    def add(self, path: str, about: str, deed: Deed, words: Any = None) -> Any:
        """A command; of a group when its words are given."""
        word = path.rpartition(" ")[2]
        made = (words or self._words).add_parser(
            word, prog=f"mediator-center {path}", help=about, description=about, parents=[self._common, self._placed],
            example=f"mediator-center {path} --data 县中心{EXAMPLES.get(word, '')}",
        )  # fmt: skip
        made.set_defaults(deed=deed)
        return made

    def say(self, word: str, about: str, deed: Callable[[Center, Namespace], Result], words: Any = None) -> Any:
        """A command at an open center."""
        return self.add(word, about, self.at(deed), words)

    def group(self, word: str, about: str, *, first: str) -> Any:
        """A word that other words follow."""
        made = self._words.add_parser(
            word, prog=f"mediator-center {word}", help=about, description=about, parents=[self._common],
            example=f"mediator-center {word} {first} --data 县中心",
        )  # fmt: skip
        made.set_defaults(deed=None)
        return made.add_subparsers(title="命令", metavar="命令")


def parser(at: AtCenter, own: Mapping[str, Deed]) -> ArgumentParser:
    """Every command with its example."""
    tree = Tree(at, own)
    for words in (founding, serving, joining, carrying, looking, supervising, caring):
        words(tree)
    return tree.root


def json_option(made: ArgumentParser) -> None:
    """What every command understands."""
    made.add_argument("--json", action="store_true", help="结果写成一份 JSON")


def place_options() -> ArgumentParser:
    """Where the center lies."""
    placed = ArgumentParser(add_help=False)
    placed.add_argument("--data", required=True, metavar="文件夹", help="县中心的密钥所在，默认数据库也在这里")
    placed.add_argument(
        "--database", metavar="网址", help="PostgreSQL：postgresql+psycopg://…，默认用文件夹里的 SQLite"
    )
    return placed


def must_say(command: Any, options: Mapping[str, str]) -> None:
    """Options that a command cannot do without, each with what it is."""
    for name, about in options.items():
        command.add_argument(name, required=True, metavar="值", help=about)


def founding(tree: Tree) -> None:
    """A new center and who may log in."""
    must_say(tree.add("init", "新建县中心", tree.own["init"]), {
        "--name": "名称", "--division": "县级行政区划代码，六位", "--admin": "管理员登录名",
        "--password-file": "管理员密码所在的文件，- 表示标准输入",
    })  # fmt: skip
    anew = tree.add(
        "takeover", "数据库全部丢失以后，凭另外存放的密钥重新开办；记录从各室的电脑自己回来", tree.own["takeover"]
    )
    must_say(anew, {
        "--name": "名称", "--admin": "管理员登录名", "--password-file": "管理员密码所在的文件，- 表示标准输入",
    })  # fmt: skip
    anew.add_argument("--keys", metavar="文件夹", help="抄好的密钥所在的文件夹；数据文件夹里已有密钥时不用")
    changing = tree.add("passwd", "设定或者更换网页登录的密码", tree.own["passwd"])
    must_say(changing, {"--login": "登录名，没有就新建", "--password-file": "新密码所在的文件，- 表示标准输入"})
    changing.add_argument("--new-code", action="store_true", help="手机丢了：动态口令也要重新绑定")


def serving(tree: Tree) -> None:
    """The service and its line."""
    made = tree.add("serve", "提供同步和网页服务", tree.own["serve"])
    made.add_argument("--port", default=PORT, type=port, metavar="端口", help=f"默认 {PORT}，0 为任意空闲端口")
    made.add_argument("--workers", default=1, type=workers, metavar="数", help="几个进程，PostgreSQL 才能多于一个")
    line_deeds.take_options(made, tree.add("certificate", "写明服务的地址，更换网络证书", tree.own["certificate"]))
    about = "更换县中心的密钥：每年一次，或者密钥可能泄露时；各室下次同步自动认得"
    tree.add("rotate", about, tree.own["rotate"])


def joining(tree: Tree) -> None:
    """Computers that come and go."""
    made = tree.say("enroll", "发登记码，或者核对六位数后同意加入", enroll)
    made.add_argument("--township", metavar="代码", help="乡镇的行政区划代码")
    deciding = made.add_mutually_exclusive_group()
    deciding.add_argument("--confirm", metavar="六位数", help="六位数一样，同意加入")
    deciding.add_argument("--deny", metavar="六位数", help="六位数不一样，拒绝")
    leaving = tree.say("revoke", "停用一台丢失或者不再使用的电脑", deeds.revoke)
    leaving.add_argument("desk", metavar="电脑", help="座号或者内部编号")


def carrying(tree: Tree) -> None:
    """Sticks, and bundles that wait for a person."""
    made = tree.say("usb", "读取 U 盘，写入收据和下行内容", deeds.usb)
    made.add_argument("folder", metavar="文件夹", help="U 盘所在")
    tree.say("slip", "U 盘没有带回时，显示一台电脑的回执码", slips.slip).add_argument(
        "desk", metavar="电脑", help="座号或者内部编号"
    )
    asiding = tree.say("aside", "单独存放的同步包：收下或者丢弃", deeds.aside)
    judging = asiding.add_mutually_exclusive_group()
    judging.add_argument("--adopt", metavar="编号", help="核实以后收下停用电脑送来的这一包")
    judging.add_argument("--drop", metavar="编号", help="丢弃这一包，只留下记录")


def looking(tree: Tree) -> None:
    """Cases."""
    words = tree.group("case", "查看案件", first="list")
    listing = tree.say("case list", "列出案件", deeds.case_list, words)
    listing.add_argument("--township", metavar="代码", help="只列这个乡镇")
    listing.add_argument("--limit", default=100, type=count, metavar="数", help="最多列几件")
    showing = tree.say("case show", "看一个案件和它的依据", deeds.case_show, words)
    showing.add_argument("case", metavar="案件", help="案号或者内部编号")


def supervising(tree: Tree) -> None:
    """Orders and the rules by which they are raised."""
    made = tree.say("supervise", "应当下发的催办、督办和工作建议；--issue 一并下发", deeds.supervise)
    made.add_argument("--township", metavar="代码", help="只看这个乡镇")
    made.add_argument("--issue", action="store_true", help="全部下发")
    table_deeds.take_file(tree.say("publish", "向全县下发期限规则或者节假日表", table_deeds.publish))
    held = tree.say("tables", "下发过的表和正在使用的规则", table_deeds.tables)
    held.add_argument("--out", metavar="文件夹", help="把下发过的和随程序提供的表都写到这里")


def caring(tree: Tree) -> None:
    """What keeps the center whole."""
    tree.say("status", "县中心的情况", deeds.status)
    tree.say("check", "逐条核对全部记录和签名", deeds.check)
    erasure_deeds.take_options(tree.say("erasures", "依法删除：哪些电脑还没有删除", erasure_deeds.erasures))
    tree.say("distribute", "把各表按县分放到几台机器上（PostgreSQL 加 Citus）", deeds.spread_out)
    backing = tree.say("backup", "备份数据库、录音和材料，写好以后读回核对", backup_deeds.backup)
    backup_deeds.take_options(backing, tree.add("restore", "从备份恢复到空的数据文件夹或者数据库", tree.own["restore"]))
    about = "用别的办法恢复了数据库以后执行一次，各室会补送备份以后的记录"
    tree.say("restored", about, backup_deeds.restored)


def enroll(center: Center, options: Namespace) -> Result:
    """A code, or a person's word on a request that waits."""
    if options.confirm is not None or options.deny is not None:
        return deeds.decide(center, options)
    if not options.township:
        raise UsageProblem("usage", where="缺少 --township")
    return deeds.make_code(center, options)


def count(text: str) -> int:
    """A whole number from 1; anything else is a wrong command line."""
    return whole(text, least=1, most=MOST)


def port(text: str) -> int:
    """A port, 0 for any free one."""
    return whole(text, least=0, most=LAST_PORT)


def workers(text: str) -> int:
    """How many processes serve."""
    return whole(text, least=1, most=MOST_WORKERS)


def whole(text: str, *, least: int, most: int) -> int:
    """A number in digits within bounds; raises ValueError, which the parser tells as a wrong value."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise ValueError
    return int(text)


def version() -> str:
    """The installed version; a plain checkout has none."""
    try:
        return metadata.version("mediator")
    except metadata.PackageNotFoundError:
        return "0"
