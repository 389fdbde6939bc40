"""The commands about the township's key."""

from __future__ import annotations

from typing import Final

from mediator.commands.leaf import PLACE, Leaf, filled, opt

DIGITS: Final = opt("digits", type=filled, metavar="六位数", help="电话核对过的六位数")
TOWNSHIP_LEAVES: Final = (
    Leaf("township show", "township:state", "密钥用到哪一把，哪些电脑能读", f"mediator township show {PLACE}"),
    Leaf("township make", "township:make", "设立乡镇密钥；有电脑停用以后换一把", f"mediator township make {PLACE}",
         (opt("--renew", action="store_true", help="换一把，以后写的用新的"),
          opt("--escrow", type=filled, metavar="公钥", help="县里保险柜的公钥，64位，密钥也封给它一份"))),
    Leaf("township admit", "township:admit", "核对六位数以后，让本乡镇的另一台电脑能读",
         f"mediator township admit 0A 123456 {PLACE}",
         (opt("peer", type=filled, metavar="电脑", help="座号，见 township show"), DIGITS)),
    Leaf("township accept", "township:accept", "核对六位数以后，使用收到的密钥",
         f"mediator township accept 123456 {PLACE}", (DIGITS,)),
)  # fmt: skip
