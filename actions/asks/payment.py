"""How the customer wants to pay, among the shop's ways."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from actions.asks.ask import Ask, NotAnAnswer
from actions.base import ActionTurn
from actions.formats import spell_list
from actions.payments import method_called, methods_taken
from actions.products import at_place
from crm_store.base import Json

LIKE_ENOUGH = 80


class PaymentAsk(Ask):
    """One of the ways of paying that the shop takes; another one is answered with those."""

    takes = frozenset({"ask_payment_methods", "accept_suggestion"})
    entities = frozenset({"payment_method"})

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the only way that there is."""
        taken = await methods_taken(turn)
        return taken[0] if len(taken) == 1 else None

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the way that the words name, if it is taken."""
        named = turn.entity("payment_method") or turn.entity("choice")
        return str(named) if named in await methods_taken(turn) else None

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the way that the answer names or points at; say so where it is not taken."""
        taken = await methods_taken(turn)
        named = turn.entity("payment_method")
        if named is not None and named not in taken:
            methods = [method_called(turn, method) for method in taken]
            listed = spell_list(methods, turn.language, most=len(methods))
            raise NotAnAnswer("utter_payment_not_taken", methods=listed)
        place = at_place(turn.entity("position"), taken)
        return await self.overheard(turn, given) or place or self._titled(turn, taken)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with all ways on offer."""
        turn.say(
            self.response,
            buttons=[
                turn.choice(
                    "utter_choice_payment",
                    "inform",
                    entities={"choice": method},
                    method=method_called(turn, method),
                )
                for method in await methods_taken(turn)
            ],
        )

    def _titled(self, turn: ActionTurn, taken: Sequence[str]) -> str | None:
        titles = {method: method_called(turn, method) for method in taken}
        best = process.extractOne(
            turn.text,
            titles,
            scorer=fuzz.token_set_ratio,
            processor=utils.default_process,
            score_cutoff=LIKE_ENOUGH,
        )
        return None if best is None else str(best[2])
