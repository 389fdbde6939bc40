"""Groups of kindred cases in different words, among cases of other sorts; by seed, of nobody.

Each group is a cause at a thing (`排水沟`堵 …); its members tell it in turns of phrase drawn at random, with their own
particulars between. The background shares things or causes with it, but never both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

THINGS = (
    "排水沟", "化粪池", "围墙", "屋檐", "香樟树", "果园", "鱼塘", "水井", "晒谷场", "机耕路", "猪圈", "祖坟", "竹林",
    "茶园", "地下室", "电梯", "车位", "阳台", "菜地", "水渠", "冷库", "大棚", "卷帘门", "广告牌", "脚手架", "三轮车",
    "挖掘机", "电动车", "蜂箱", "鸡舍",
)  # fmt: skip
CAUSES = (
    ("堵塞", "不肯疏通", "不让别人清理", "杂物堆到满"), ("租金", "拖欠不付", "到期没有交清", "说减免却没有凭据"),
    ("烧毁", "起火原因说不清", "没有及时报警", "只肯赔一半"), ("越界", "多占了几尺", "界桩被挪动", "以老契为准"),
    ("退货", "买来就坏", "有毛病拒绝退款", "收条丢了不认账"), ("噪声", "响到半夜", "吵得睡不着", "影响孩子读书"),
    ("继承", "份额有分歧", "遗嘱写给小儿子", "分家时口头说过"), ("砸伤", "医药费没付", "住院九天", "误工损失谁出"),
    ("工钱", "做完不结", "欠着师傅", "说质量不好要扣"), ("渗水", "把墙泡烂", "家具发霉", "修了又漏"),
    ("转让", "定金不退", "合同没有签完", "价钱说变就变"), ("拆除", "没有打招呼", "材料被拉走", "恢复原样做不到"),
    ("失窃", "保管人不认", "监控没有拍到", "钥匙只有一把"), ("挡光", "加高了一层", "白天也要开灯", "晾不干衣服"),
)  # fmt: skip
DETAILS = (
    "事情拖了半年。", "村里说过两次没有用。", "老人为此气得生病。", "找过网格员。", "当时有人在场看见。",
    "手里有照片。", "去年台风以后更厉害。", "两家为这个动过手。", "孩子们也不来往了。", "派出所来过一趟。",
    "说是上一辈就定下的。",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A case: its group and its words."""

    group: int
    title: str
    facts: str


def told(chance: Random, group: int, thing: str, cause: tuple[str, ...]) -> Told:
    """One member of a group; half of the clerks name the case after the thing and the cause, half do not."""
    core, *phrases = cause
    first, second = chance.sample(phrases, k=2)
    details = chance.sample(DETAILS, k=3)
    facts = f"{details[0]}为了{thing}{core}，{first}，{details[1]}对方讲{thing}本来就这样，{second}。{details[2]}"
    return Told(group, chance.choice((f"{thing}{core}纠纷", "邻里纠纷")), facts)


def groups(seed: int, count: int, *, each: int = 4) -> Iterator[Told]:
    """`count` groups of `each` kindred cases, shuffled."""
    chance = Random(seed)
    sorts = [(thing, cause) for thing in THINGS for cause in CAUSES]
    chance.shuffle(sorts)
    made = [told(chance, number, *sort) for number, sort in enumerate(sorts[:count]) for _ in range(each)]
    chance.shuffle(made)
    yield from made
