"""Who may do what at the county (security.md 6): rights, the roles that hold them, and what a role may not see.

Everything is refused that does not stand here. The same table stands in the tests, written from the design.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from mediator.core.codes import Code


class Role(Code):
    """What a person of the county is there for; one person may be several in a small office."""

    ADMIN = "admin", "系统管理员"
    SUPERVISOR = "supervisor", "督导员"
    AUDITOR = "auditor", "审计员"
    TOWNSHIP = "township", "乡镇负责人"


class Right(StrEnum):
    """What a page asks for; OWN is everybody's who is logged in."""

    OWN = "own"
    CASES = "cases"
    SUPERVISE = "supervise"
    RULES = "rules"
    PUBLISH = "publish"
    DEVICES = "devices"
    USERS = "users"
    AUDIT = "audit"


ALL: Final = frozenset({Right.OWN})
GRANTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.ADMIN: frozenset({Right.RULES, Right.DEVICES, Right.USERS, Right.AUDIT}),
    Role.SUPERVISOR: frozenset({Right.CASES, Right.SUPERVISE, Right.RULES, Right.PUBLISH, Right.AUDIT}),
    Role.AUDITOR: frozenset({Right.CASES, Right.RULES, Right.AUDIT}),
    Role.TOWNSHIP: frozenset({Right.CASES, Right.RULES}),
}
# Who runs the machine reads no case, so the log shows such a person what was done to the machine alone.
WHOLE_LOG: Final = frozenset({Role.SUPERVISOR, Role.AUDITOR})
# Roles that reach over the whole county log in with a second factor.
OF_COUNTY: Final = frozenset({Role.ADMIN, Role.SUPERVISOR, Role.AUDITOR})
FOUNDER: Final = "admin supervisor auditor"


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """Everything that these roles may."""
    return ALL.union(*(GRANTS[each] for each in roles))


def roles_in(words: str) -> frozenset[Role]:
    """Roles as an account keeps them; a word that is none of ours gives no right."""
    known = {each.value: each for each in Role}
    return frozenset(known[word] for word in words.split() if word in known)


def terms_of(words: str) -> str:
    """The same for people: `督导员、审计员`."""
    held = roles_in(words)
    return "、".join(each.term for each in Role if each in held)


def words_of(roles: Iterable[Role]) -> str:
    """The reverse, in the order of the list."""
    held = set(roles)
    return " ".join(each.value for each in Role if each in held)
