"""I want to leave a review."""

from typing import ClassVar, Final

from actions.asks.reviewed import PRODUCT, AboutAsk, BoughtAsk, RatingAsk
from actions.asks.words import TextAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from crm_store.base import Json
from crm_store.customers.models import Level
from crm_store.errors import NotBought
from crm_store.insight.repository import EventRepository
from crm_store.reviews.repository import ReviewRepository
from crm_store.strategy.repository import PolicyRepository

LONGEST_SPOKEN: Final = 20
"""Words of a review that are read back on the phone."""
MAY_SOUND_LIKE: Final = (
    *("praise", "complain", "insult", "thank", "small_talk", "state_interest"),
    *("report_damaged", "report_wrong_item", "report_missing"),
)


class VerdictAsk(TextAsk):
    """The words of a review, which may be none."""

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the words; a no means that the stars say enough."""
        return "" if turn.intent == "deny" else await super().heard(turn, given)


class ActionWriteReview(Errand):
    """Take a review of the shop, or of something that was bought here, for somebody to release."""

    action_name = "action_write_review"
    intents = frozenset({"write_review"})
    level = Level.anonymous
    asks = (
        AboutAsk(),
        BoughtAsk("sku", "utter_review_which"),
        RatingAsk("rating", "utter_review_rating", again="utter_review_rating_again"),
        VerdictAsk("text", "utter_review_text", takes=MAY_SOUND_LIKE),
    )
    kept_response = "utter_review_kept"
    refusals: ClassVar = {NotBought: "utter_review_nothing_bought"}

    def least(self, given: Json) -> Level:
        """Whoever judges a product must have bought it."""
        return Level.verified if given.get("about") == PRODUCT else self.level

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Read it back."""
        words = given["text"]
        if turn.on_phone and len(words.split()) > LONGEST_SPOKEN:
            words = " ".join(words.split()[:LONGEST_SPOKEN]) + " …"
        turn.say(
            "utter_review_restate" if words else "utter_review_restate_stars",
            about=await _subject(turn, given),
            rating=str(given["rating"]),
            words=words,
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Keep it, and say that somebody reads it before others do."""
        reviews, said = ReviewRepository(turn.session), {"rating": given["rating"]}
        if given["about"] == PRODUCT:
            await reviews.of_product(
                turn.conversation, given["sku"], text=given["text"], at=turn.at, **said
            )
            said["sku"] = given["sku"]
        else:
            await reviews.of_shop(turn.conversation, text=given["text"], at=turn.at, **said)
        EventRepository(turn.session).record(
            "review_written", turn.conversation, said, cause=turn.message_id
        )
        turn.say("utter_review_done", about=await _subject(turn, given))
        return []


async def _subject(turn: ActionTurn, given: Json) -> str:
    """Return the name of what is judged."""
    if given["about"] != PRODUCT:
        return (await PolicyRepository(turn.session).current()).shop.name
    bought = await ReviewRepository(turn.session).bought(turn.conversation, at=turn.at)
    return next((line.title for line in bought if line.sku == given["sku"]), given["sku"])
