from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from actions.accept_suggestion import ActionAcceptSuggestion
from actions.decline_suggestion import ActionDeclineSuggestion
from actions.more_like_this import ActionMoreLikeThis
from actions.something_else import ActionSomethingElse
from actions.suggest import ActionSuggest
from crm_store.base import Language
from crm_store.catalogue.models import Product, ProductKind, ProductText
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Interest, InterestSource, Level
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.interests.learning import observe
from crm_store.suggestions.models import Outcome, Suggestion
from crm_store.suggestions.outside import looked_at
from tests.builders import NOW, a_conversation, a_customer, a_tracker
from tests.integration.actions.conftest import Heard, Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

OPERAS = ("Rigoletto", "Aida", "Nabucco", "Otello", "Falstaff", "Macbeth", "Ernani")


async def test_keeps_a_stated_interest_and_shows_three_cards(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions)

    heard = await play(ActionSuggest, a_tracker(hers, "I love Verdi"))

    assert heard.names == ["utter_suggest"]
    cards = heard.responses[0]["custom"]["cards"]
    assert [card["price"] for card in cards] == ["19.90"] * 3
    assert all("Verdi" in card["reason"] for card in cards)
    assert [button["title"] for button in heard.responses[0]["buttons"]] == [
        "More like this",
        "Something else",
        "Not now",
        "Never again",
    ]
    assert heard.slots["last_wish_text"] == "I love Verdi"
    assert [row["sku"] for row in heard.slots["suggested"]] == [card["sku"] for card in cards]
    async with sessions() as session:
        interest = (await session.scalars(select(Interest))).one()
    assert (interest.text, interest.conversation_id) == ("I love Verdi", hers.id)


async def test_says_one_product_to_a_caller(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions, channel=Channel.phone, language=Language.de)

    heard = await play(ActionSuggest, a_tracker(hers, "Ich liebe Verdi"))

    [said] = heard.responses
    assert said["title"] in OPERAS
    assert "Verdi" in said["reason"]
    assert said["price"] == "19,90\xa0€"
    assert said["custom"] == {}
    assert heard.slots["question"] == "suggestion"


async def test_asks_what_is_liked_when_only_the_choice_was_taken(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions)

    heard = await play(ActionSuggest, a_tracker(hers, "Suggest something", kind="chosen"))

    assert heard.names == ["utter_suggest_ask_interest"]
    assert heard.slots == {"question": "interest"}


async def test_goes_by_the_record_of_a_proved_customer_who_names_nothing(
    sessions: SessionFactory, play: Play
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    likes = Interest(
        customer_id=ana.id, text="Verdi", language=Language.en, source=InterestSource.imported
    )
    await kept(sessions, ana, likes, hers, *(_an_opera(title) for title in OPERAS))

    heard = await play(ActionSuggest, a_tracker(hers, "Suggest something", kind="chosen"))

    assert heard.names == ["utter_suggest"]
    assert heard.slots["last_wish_text"] == "Verdi"


async def test_never_goes_by_the_record_of_somebody_unproved(
    sessions: SessionFactory, play: Play
) -> None:
    ana = a_customer()
    caller = a_conversation(of=ana, level=Level.claimed)
    likes = Interest(
        customer_id=ana.id, text="Verdi", language=Language.en, source=InterestSource.imported
    )
    await kept(sessions, ana, likes, caller, *(_an_opera(title) for title in OPERAS))

    heard = await play(ActionSuggest, a_tracker(caller, "what would you recommend?"))

    assert heard.names == ["utter_suggest_ask_interest"]


async def test_more_like_this_means_what_the_page_shows_where_nothing_was_offered(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions)
    async with sessions.begin() as session:
        talk = await session.get_one(Conversation, hers.id)
        talk.visitor = "her browser"
        sku = await session.scalar(select(Product.sku).join(ProductText).limit(1))
        assert sku is not None
        await looked_at(session, sku, visitor="her browser")
        for event in await session.scalars(select(Event)):
            event.at = NOW

    heard = await play(ActionMoreLikeThis, a_tracker(hers, "more like this", suggested=[]))

    assert heard.names == ["utter_suggest_more"]
    assert sku not in {row["sku"] for row in heard.slots["suggested"]}


async def test_the_first_one_may_be_an_order(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions)
    buttons = [
        {"title": number, "payload": f'/inform{{"order_number": "{number}"}}'}
        for number in ("A-21", "A-17")
    ]
    before: list[dict[str, Any]] = [
        {"event": "action", "name": "action_order_status"},
        {"event": "bot", "text": "Which one?", "data": {"buttons": buttons}},
    ]

    heard = await play(
        ActionAcceptSuggestion,
        a_tracker(hers, "the second", entities={"position": "2"}, before=before),
    )

    assert heard.slots == {"order_number": "A-17"}
    assert heard.followup == "action_order_status"


async def test_shows_others_when_asked_for_more(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions)
    first = await play(ActionSuggest, a_tracker(hers, "I love Verdi"))

    more = await play(ActionMoreLikeThis, a_tracker(hers, "more", **first.slots))

    assert more.names == ["utter_suggest_more"]
    assert not _skus(more) & _skus(first)


async def test_passes_over_what_was_shown(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions)
    first = await play(ActionSuggest, a_tracker(hers, "I love Verdi"))

    other = await play(ActionSomethingElse, a_tracker(hers, "others", **first.slots))

    assert other.names == ["utter_suggest_other"]
    assert not _skus(other) & _skus(first)
    assert set((await _outcomes(sessions)).values()) == {Outcome.ignored, Outcome.shown}


@pytest.mark.parametrize(
    ("entities", "place"), [({}, 0), ({"position": "2"}, 1), ({"position": "-1"}, 2)]
)
async def test_records_which_one_was_wanted(
    sessions: SessionFactory, play: Play, entities: dict[str, str], place: int
) -> None:
    hers = await _in_the_shop(sessions)
    first = await play(ActionSuggest, a_tracker(hers, "I love Verdi"))
    wanted = first.slots["suggested"][place]

    heard = await play(
        ActionAcceptSuggestion, a_tracker(hers, "that one", entities=entities, **first.slots)
    )

    assert heard.names == ["utter_suggestion_accepted"]
    assert heard.responses[0]["title"] == wanted["title"]
    outcomes = await _outcomes(sessions)
    assert outcomes[wanted["suggestion"]] is Outcome.accepted
    assert list(outcomes.values()).count(Outcome.accepted) == 1


async def test_takes_the_card_that_was_chosen(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions)
    first = await play(ActionSuggest, a_tracker(hers, "I love Verdi"))
    wanted = first.slots["suggested"][1]

    heard = await play(
        ActionAcceptSuggestion, a_tracker(hers, entities={"sku": wanted["sku"]}, **first.slots)
    )

    assert heard.responses[0]["title"] == wanted["title"]


@pytest.mark.parametrize("entities", [{"position": "3"}, {"sku": "nothing like it"}, {}])
async def test_takes_nothing_that_is_not_on_the_table(
    sessions: SessionFactory, play: Play, entities: dict[str, str]
) -> None:
    hers = await _in_the_shop(sessions)

    heard = await play(ActionAcceptSuggestion, a_tracker(hers, entities=entities, suggested=[]))

    assert heard.names == ["utter_suggest_ask_interest"]


async def test_records_that_none_was_wanted(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions)
    first = await play(ActionSuggest, a_tracker(hers, "I love Verdi"))

    heard = await play(ActionDeclineSuggestion, a_tracker(hers, "no", **first.slots))

    assert heard.names == ["utter_suggestion_declined"]
    assert heard.slots == {"suggested": None, "question": None}
    assert set((await _outcomes(sessions)).values()) == {Outcome.declined}


async def test_a_no_where_nothing_was_suggested_is_about_everything(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions)

    heard = await play(ActionDeclineSuggestion, a_tracker(hers, "No thanks, that is all"))

    assert heard.names == ["utter_deny_alone"]


async def test_something_else_by_the_record_keeps_to_what_is_true(
    sessions: SessionFactory, play: Play
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    operas = [_an_opera(title) for title in OPERAS]
    await kept(sessions, ana, hers, *operas)
    async with sessions.begin() as session:
        await observe(session, ana.id, operas[0].id, InterestSource.viewed, at=NOW)

    first = await play(ActionSuggest, a_tracker(hers, "Suggest something", kind="chosen"))
    other = await play(ActionSomethingElse, a_tracker(hers, "others", **first.slots))

    told = [card for heard in (first, other) for card in heard.responses[0]["custom"]["cards"]]
    assert len(told) == 6
    assert {card["reason"] for card in told} == {"to go with what you looked at: Giuseppe Verdi"}


async def _in_the_shop(
    sessions: SessionFactory,
    *,
    channel: Channel = Channel.chat,
    language: Language = Language.en,
) -> Conversation:
    hers = a_conversation(channel=channel, language=language)
    await kept(sessions, hers, *(_an_opera(title) for title in OPERAS))
    return hers


def _an_opera(title: str) -> Product:
    texts = [
        ProductText(language=language, title=title, facets="Giuseppe Verdi opera", description="")
        for language in Language
    ]
    return Product(
        id=uuid4(),
        sku=f"REC-{title.upper()}",
        kind=ProductKind.recording,
        creator="Giuseppe Verdi",
        subjects=[],
        price=Decimal("19.90"),
        currency="EUR",
        stock=3,
        texts=texts,
    )


def _skus(heard: Heard) -> set[str]:
    return {offer["sku"] for offer in heard.slots["suggested"]}


async def _outcomes(sessions: SessionFactory) -> dict[str, Outcome]:
    async with sessions() as session:
        rows = await session.scalars(select(Suggestion))
        return {str(row.id): row.outcome for row in rows}
