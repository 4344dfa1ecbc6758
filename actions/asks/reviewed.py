"""What a review is about, and how many stars it gives."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, utils

from actions.asks.ask import Ask, NotAnAnswer, Refused
from actions.asks.choice import ChoiceAsk
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.customers.models import Level
from crm_store.orders.models import OrderLine
from crm_store.reviews.models import FEWEST_STARS, MOST_STARS
from crm_store.reviews.repository import ReviewRepository

SHOP, PRODUCT = "shop", "product"
MOST_CHOICES: Final = 3
LIKE_ENOUGH: Final = 88
SHORTEST_TITLE: Final = 4
_SHOP: Final = re.compile(
    r"\b(?:laden|shop|store|geschäft|service|kundendienst|kundenservice|verkäufer\w*)\b",
    re.IGNORECASE,
)
_PRODUCT: Final = re.compile(
    r"\b(?:produkt\w*|artikel\w*|bestellung|kauf|einkauf|product\w*|item\w*|purchase|order)\b",
    re.IGNORECASE,
)


class AboutAsk(ChoiceAsk):
    """The shop, or something that was bought."""

    def __init__(self) -> None:
        super().__init__(
            "about",
            "utter_review_about",
            {PRODUCT: "utter_choice_review_product", SHOP: "utter_choice_review_shop"},
        )

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return which of the two the words speak of; the title of what was bought tells."""
        if "sku" in given or await bought_named(turn) is not None:
            return PRODUCT
        if self.name in given or turn.chosen:
            return None
        shop, product = (bool(words.search(turn.text)) for words in (_SHOP, _PRODUCT))
        if shop == product:
            return None
        return SHOP if shop else PRODUCT


class BoughtAsk(Ask):
    """One of the things that the customer has received; what is kept is its sku."""

    takes = frozenset({"accept_suggestion", "state_interest", "list_orders"})

    def needed(self, given: Json) -> bool:
        """It is, unless the review is about the shop."""
        return given.get("about") == PRODUCT

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the only thing that there is; of nothing there is no review."""
        bought = await _bought(turn)
        if not bought:
            raise Refused("utter_review_nothing_bought")
        return bought[0].sku if len(bought) == 1 else None

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return what the words call by its title."""
        return await bought_named(turn)

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return what was chosen, pointed at or named."""
        bought = await _bought(turn)
        chosen = turn.entity("sku")
        if chosen in [line.sku for line in bought]:
            return str(chosen)
        place = str(turn.entity("position") or turn.entity("number") or "")
        if place.isdigit() and 0 < int(place) <= len(bought[:MOST_CHOICES]):
            return bought[int(place) - 1].sku
        return await bought_named(turn)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask which, with the newest on offer."""
        turn.say(
            self.again if again else self.response,
            buttons=[
                turn.choice(
                    "utter_choice_reviewed", "inform", entities={"sku": line.sku}, item=line.title
                )
                for line in (await _bought(turn))[:MOST_CHOICES]
            ],
        )


class RatingAsk(Ask):
    """One to five stars."""

    takes = frozenset({"praise", "complain"})
    digits = True

    async def overheard(self, turn: ActionTurn, given: Json) -> int | None:
        """Return the stars that are said to be stars."""
        rating = turn.entity("rating")
        return int(rating) if rating else None

    async def heard(self, turn: ActionTurn, given: Json) -> int | None:
        """Return the stars; a bare number is one of them, or none that there is."""
        said = turn.entity("rating") or turn.entity("number") or turn.entity("choice")
        if said is None or not str(said).isdigit():
            return None
        if not FEWEST_STARS <= int(said) <= MOST_STARS:
            raise NotAnAnswer("utter_review_rating_range")
        return int(said)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, in the chat with the stars on offer."""
        stars = range(MOST_STARS, FEWEST_STARS - 1, -1)
        choices = [
            turn.choice(
                "utter_choice_stars", "inform", entities={"rating": str(star)}, stars="★" * star
            )
            for star in stars
        ]
        turn.say(
            self.again if again else self.response,
            **({} if turn.on_phone else {"buttons": choices}),
        )


async def bought_named(turn: ActionTurn) -> str | None:
    """Return the one thing that the customer has received whose title the words say."""
    if turn.chosen or turn.conversation.current_level(turn.at) < Level.verified:
        return None
    said = utils.default_process(turn.text)
    hits = [line.sku for line in await _bought(turn) if _says(said, line.title)]
    return hits[0] if len(hits) == 1 else None


def _says(said: str, title: str) -> bool:
    words = utils.default_process(title)
    long_enough = min(len(words), len(said)) >= SHORTEST_TITLE
    return long_enough and fuzz.partial_ratio(words, said) >= LIKE_ENOUGH


async def _bought(turn: ActionTurn) -> Sequence[OrderLine]:
    return await ReviewRepository(turn.session).bought(turn.conversation, at=turn.at)
