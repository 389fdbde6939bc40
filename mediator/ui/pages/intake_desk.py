"""The registration behind the form: the case is opened by the first word that is typed, every later one is a field.

Its methods run on the worker's lane, one after the other, so that the case is opened once and nothing overtakes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from mediator.casework import intake, likeness, reading, roads
from mediator.casework.desk import Desk
from mediator.casework.intake import CaseForm, PartyForm, Seen
from mediator.casework.likeness import Hit, Judgement
from mediator.casework.reading import Opened
from mediator.core.codes import CaseKind, Side
from mediator.core.records import CaseId, PartyId
from mediator.core.roads import Road

NONE: Final = CaseId("")
UNSEEN: Final[Seen] = {}


@dataclass
class Registration:
    """`case` is empty until something was typed; `parties` are the saved ones by the card they stand in.

    `seen` are the marks of what the form showed last: a value that came meanwhile from another desk is not written
    over unseen, it becomes a conflict for a person. It is read and set on the screen's thread alone.
    """

    desk: Desk
    kind: CaseKind = CaseKind.PEOPLE_MEDIATION
    case: CaseId = NONE
    parties: dict[int, PartyId] = field(default_factory=dict)
    seen: Seen = field(default_factory=lambda: UNSEEN)

    def opened(self) -> Opened:
        """The case as it stands."""
        return reading.work_on(self.desk, self.case)

    def suspicions(self) -> tuple[tuple[Hit, ...], tuple[Road, ...]]:
        """Who and what may be known already, and the roads that fit what is typed so far."""
        case = self.opened().case
        return likeness.suspicions(self.desk, self.case), roads.advice_of(self.desk, case)

    def judge(self, hit: Hit, same: bool) -> None:
        """What the clerk says about one of them; nothing is merged."""
        word = Judgement(hit.case, hit.likeness, same, hit.party, hit.other_party)
        likeness.judge(self.desk, self.case, word)

    def _ensure(self) -> None:
        """Open the case, once."""
        if not self.case:
            self.case = intake.open_case(self.desk, CaseForm(title="", dispute_type="", kind=self.kind))

    def save(self, name: str, value: object, seen: Seen) -> CaseId:
        """A field of the case."""
        self._ensure()
        intake.save_case(self.desk, self.case, seen, {name: value})
        return self.case

    def save_party(self, card: int, side: Side, fields: dict[str, object], seen: Seen) -> CaseId:
        """Fields of a party; the first word adds it."""
        self._ensure()
        if card not in self.parties:
            self.parties[card] = intake.add_party(self.desk, self.case, seen, PartyForm(side, ""))
        intake.save_party(self.desk, self.case, self.parties[card], seen, fields)
        return self.case

    def remove_party(self, card: int) -> None:
        """Take a party away that was saved; one that was not is forgotten."""
        party = self.parties.get(card)
        if party is not None:
            intake.remove_party(self.desk, self.case, party, self.opened().seen)
            del self.parties[card]

    def accept(self, accepted_on: date | None) -> CaseId:
        """Accept; raises RefusedByRule `case.incomplete` with nothing changed."""
        self._ensure()
        intake.accept(self.desk, self.case, accepted_on)
        return self.case
