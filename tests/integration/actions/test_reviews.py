import pytest
from sqlalchemy import select

from actions.resume_wish import ActionResumeWish
from actions.take_offer import ActionTakeOffer
from actions.wiring import Parts
from actions.write_review import ActionWriteReview
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import OrderState
from crm_store.reviews.models import Review
from tests.builders import a_conversation, a_customer, a_product, an_order
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def a_buyer(
    sessions: SessionFactory,
    *titles: str,
    level: Level = Level.verified,
    channel: Channel = Channel.chat,
) -> Conversation:
    ana = a_customer()
    products = [a_product(title, sku=title) for title in titles]
    order = an_order(ana, state=OrderState.delivered, titles=titles)
    for line, product in zip(order.lines, products, strict=True):
        line.product_id = product.id
    hers = a_conversation(of=ana, level=level, channel=channel)
    await kept(sessions, ana, *products, order, hers)
    return hers


async def reviews(sessions: SessionFactory) -> list[Review]:
    async with sessions() as session:
        return list((await session.scalars(select(Review))).all())


async def test_the_shop_is_reviewed_by_anybody(sessions: SessionFactory, parts: Parts) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)
    talk = Dialogue(parts, somebody)

    await talk.says("I want to review your shop", "write_review")
    await talk.says("four", "inform", number="4")
    read_back = await talk.says("Quick and friendly.", "praise")
    await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_review_rating",
        "utter_review_text",
        "utter_review_restate",
        "utter_review_done",
    ]
    assert read_back.responses[0]["words"] == "Quick and friendly."
    assert read_back.responses[0]["about"] == "Belcanto"
    (review,) = await reviews(sessions)
    assert (review.rating, review.text, review.product_id) == (4, "Quick and friendly.", None)


async def test_what_is_not_plain_is_asked_for(sessions: SessionFactory, parts: Parts) -> None:
    talk = Dialogue(parts, await a_buyer(sessions, "Rigoletto", "Don Carlos"))

    await talk.says("I would like to leave a review", "write_review")
    await talk.says("something I bought", "inform", choice="product")
    asked = await talk.says("the second", "inform", position="2")

    assert talk.said == ["utter_review_about", "utter_review_which", "utter_review_rating"]
    assert [button["title"] for button in asked.responses[0]["buttons"]][0] == "★★★★★"
    await talk.says("5 stars", "inform", rating="5")
    read_back = await talk.says("no", "deny")
    assert read_back.names == ["utter_review_restate_stars"]
    assert read_back.responses[0]["about"] == "Don Carlos"


async def test_all_that_is_said_at_once_is_only_read_back(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await a_buyer(sessions, "Rigoletto", "Don Carlos"))

    await talk.says("I give Don Carlos two stars", "write_review", rating="2")
    await talk.says("The sound is thin.", "complain")
    await talk.says("yes", "affirm")

    assert talk.said == ["utter_review_text", "utter_review_restate", "utter_review_done"]
    (review,) = await reviews(sessions)
    assert (review.rating, review.text) == (2, "The sound is thin.")
    assert review.product_id is not None


async def test_a_product_is_reviewed_only_by_whoever_has_proved_to_have_it(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers = await a_buyer(sessions, "Rigoletto", level=Level.anonymous)
    talk = Dialogue(parts, hers)

    asked = await talk.says("review an item I bought", "write_review")
    assert asked.names == ["utter_verification_needed"]
    async with sessions.begin() as session:
        (await session.get_one(Conversation, hers.id)).level = Level.verified
    await talk.run(ActionResumeWish)
    went_on = await talk.run(ActionWriteReview)

    assert went_on.names == ["utter_review_rating"]


async def test_where_nothing_has_arrived_there_is_nothing_to_review(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers, an_order(ana))
    talk = Dialogue(parts, hers)

    refused = await talk.says("rate a product", "write_review")

    assert refused.names == ["utter_review_nothing_bought"]
    assert refused.slots["errands"] is None


async def test_there_are_no_six_stars(sessions: SessionFactory, parts: Parts) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)
    talk = Dialogue(parts, somebody)
    await talk.says("I want to review your shop", "write_review")

    again = await talk.says("6", "inform", number="6")

    assert again.names == ["utter_review_rating_range", "utter_review_rating_again"]


async def test_a_caller_is_not_read_a_list_of_stars(sessions: SessionFactory, parts: Parts) -> None:
    somebody = a_conversation(channel=Channel.phone)
    await kept(sessions, somebody)
    talk = Dialogue(parts, somebody)

    asked = await talk.says("I want to review your shop", "write_review")

    assert asked.responses[0]["buttons"] == []


async def test_a_long_review_is_cut_for_the_ear_alone(
    sessions: SessionFactory, parts: Parts
) -> None:
    somebody = a_conversation(channel=Channel.phone)
    await kept(sessions, somebody)
    talk = Dialogue(parts, somebody)
    words = "very good " * 30

    await talk.says("I want to review your shop", "write_review")
    await talk.says("5", "inform", number="5")
    read_back = await talk.says(words, "praise")
    await talk.says("yes", "affirm")

    assert len(read_back.responses[0]["words"].split()) == 21
    (review,) = await reviews(sessions)
    assert review.text == words.strip()


async def test_a_praise_that_is_kept_is_not_asked_for_again(
    sessions: SessionFactory, parts: Parts
) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)
    talk = Dialogue(parts, somebody)
    given = {"text": "You are the best shop in town."}
    talk.slots["offered"] = {"errand": ActionWriteReview.action_name, "given": given}

    await talk.says("yes", "affirm", action=ActionTakeOffer)
    await talk.run(ActionWriteReview, "yes", intent="affirm")
    await talk.says("the shop", "inform", choice="shop")
    read_back = await talk.says("5", "inform", number="5")

    assert read_back.names == ["utter_review_restate"]
    assert read_back.responses[0]["words"] == given["text"]


async def test_a_no_hands_in_nothing(sessions: SessionFactory, parts: Parts) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)
    talk = Dialogue(parts, somebody)
    await talk.says("one star for your service", "write_review", rating="1")
    await talk.says("Nobody answers.", "complain")

    left = await talk.says("no", "deny")

    assert left.names == ["utter_review_kept"]
    assert await reviews(sessions) == []
