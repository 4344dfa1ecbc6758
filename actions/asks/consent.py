"""What somebody allows, or allows no more."""

from collections.abc import Iterable, Sequence
from typing import Final

from actions.asks.choice import ChoiceAsk
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.privacy.models import ConsentKind
from crm_store.privacy.repository import ConsentRepository

TITLES: Final = {
    ConsentKind.phone: "utter_choice_consent_phone",
    ConsentKind.sms: "utter_choice_consent_sms",
    ConsentKind.post: "utter_choice_consent_post",
    ConsentKind.suggestions: "utter_choice_consent_suggestions",
    ConsentKind.recording: "utter_choice_consent_recording",
    ConsentKind.newsletter: "utter_choice_consent_newsletter",
}
WHAT: Final = {
    ConsentKind.phone: "utter_consent_phone",
    ConsentKind.sms: "utter_consent_sms",
    ConsentKind.post: "utter_consent_post",
    ConsentKind.suggestions: "utter_consent_suggestions",
    ConsentKind.recording: "utter_consent_recording",
    ConsentKind.newsletter: "utter_consent_newsletter",
}
"""What each consent is about, to be put into a sentence."""
MOST_OFFERED: Final = 3
OFFERED: Final = "consents_offered"
"""Under which the kinds on offer are kept, in their order."""


class ConsentAsk(ChoiceAsk):
    """One kind of consent; on offer are those that the customer has not decided so yet."""

    def __init__(self, response: str, *, given: bool, takes: Iterable[str] = ()) -> None:
        titles = {kind.value: title for kind, title in TITLES.items()}
        super().__init__("consent", response, titles, entity="consent", takes=takes)
        self._given = given
        """Whether it is to be given."""

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the kind that is named, or that stands at the place that is pointed at."""
        place, offered = turn.entity("position"), given.get(OFFERED, [])
        if place is None or not str(place).lstrip("-").isdigit():
            return await super().heard(turn, given)
        index = int(place) if int(place) < 0 else int(place) - 1
        return str(offered[index]) if -1 <= index < len(offered) else None

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with a few on offer."""
        given[OFFERED] = [kind.value for kind in await self._offered(turn)]
        turn.say(
            self.response,
            buttons=[
                turn.choice(TITLES[ConsentKind(kind)], "inform", entities={"choice": kind})
                for kind in given[OFFERED]
            ],
        )

    async def _offered(self, turn: ActionTurn) -> Sequence[ConsentKind]:
        decided = await ConsentRepository(turn.session).of(turn.conversation, at=turn.at)
        # What is withdrawn must have been given; what was never spoken of comes after that.
        ranked = sorted(TITLES, key=lambda kind: decided.get(kind) is self._given)
        if not self._given:
            ranked.sort(key=lambda kind: decided.get(kind) is not True)
        return ranked[:MOST_OFFERED]
