"""Something for somebody else."""

import pytest
from sqlalchemy import select

from actions.find_gift import ActionFindGift
from actions.something_else import ActionSomethingElse
from actions.suggest import ActionSuggest
from actions.wiring import Parts
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.customers.models import Interest
from crm_store.db import SessionFactory
from crm_store.suggestions.models import Suggestion
from tests.builders import NOW, a_product
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.shop import a_visitor, count

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRAND = ActionFindGift
CHEAP, DEAR = "Aida", "Nabucco"


async def in_the_shop(sessions: SessionFactory, parts: Parts) -> Dialogue:
    dear = [a_product(title, price="60.00") for title in (DEAR, "Otello", "Ernani")]
    return await a_visitor(sessions, parts, a_product(CHEAP), *dear)


async def test_asks_what_is_liked_and_what_it_may_cost(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await in_the_shop(sessions, parts)

    await talk.says("I'm looking for a gift for my mother", "find_gift")
    await talk.says("she loves Verdi", "state_interest")
    shown = await talk.says("thirty", "inform", number="30")

    assert talk.said == ["utter_gift_likes_ask", "utter_gift_budget_ask", "utter_suggest_gift"]
    (card,) = shown.responses[0]["custom"]["cards"]
    assert card["title"] == CHEAP
    assert card["reason"] == "to go with Giuseppe Verdi"


async def test_asks_nothing_that_was_said(sessions: SessionFactory, parts: Parts) -> None:
    talk = await in_the_shop(sessions, parts)

    shown = await talk.says(
        "My mother loves Verdi, up to 30 euros", "find_gift", amount="30.00 EUR"
    )

    assert shown.names == ["utter_suggest_gift"]


async def test_whoever_names_no_sum_does_not_mind(sessions: SessionFactory, parts: Parts) -> None:
    talk = await in_the_shop(sessions, parts)
    await talk.says("my father adores Verdi", "find_gift")

    shown = await talk.says("it does not matter", "nlu_fallback")

    assert len(shown.responses[0]["custom"]["cards"]) == 3


async def test_what_somebody_else_likes_is_not_kept_as_the_givers_interest(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await in_the_shop(sessions, parts)

    await talk.says("my mother loves Verdi, 30 euros", "find_gift", amount="30.00 EUR")

    assert await count(sessions, Interest) == 0
    async with sessions() as session:
        assert (await session.scalars(select(Suggestion.customer_id))).all() == [None]


async def test_something_else_keeps_to_the_same_limit(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await in_the_shop(sessions, parts)
    await talk.says("my mother loves Verdi, 30 euros", "find_gift", amount="30.00 EUR")

    other = await talk.run(ActionSomethingElse, "something else", intent="something_else")

    assert other.names == ["utter_suggest_nothing"]
    assert other.slots["question"] is None


async def test_an_own_interest_may_have_a_limit_too(sessions: SessionFactory, parts: Parts) -> None:
    talk = await in_the_shop(sessions, parts)

    shown = await talk.run(
        ActionSuggest,
        "something by Verdi under 30 euros",
        intent="state_interest",
        entities={"amount": "30.00 EUR"},
    )

    assert [card["title"] for card in shown.responses[0]["custom"]["cards"]] == [CHEAP]
    assert await count(sessions, Interest) == 1


async def test_nothing_is_suggested_after_a_complaint(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await in_the_shop(sessions, parts)
    async with sessions.begin() as session:
        await CaseRepository(session).open(
            talk.conversation, CaseKind.damaged, "It is broken.", at=NOW
        )

    told = await talk.run(ActionSuggest, "I love Verdi", intent="state_interest")

    assert told.names == ["utter_suggest_not_now"]
    assert await count(sessions, Suggestion) == 0


@pytest.mark.parametrize(
    ("text", "response"),
    [("it doesn't matter", "utter_suggest_gift"), ("forget it", "utter_stopped")],
)
async def test_not_to_mind_is_not_to_stop(
    sessions: SessionFactory, parts: Parts, text: str, response: str
) -> None:
    talk = await in_the_shop(sessions, parts)
    await talk.says("my father adores Verdi", "find_gift")

    told = await talk.says(text, "stop")

    assert told.names == [response]


async def test_after_a_complaint_it_does_not_even_ask_what_is_liked(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await in_the_shop(sessions, parts)
    async with sessions.begin() as session:
        await CaseRepository(session).open(
            talk.conversation, CaseKind.damaged, "It is broken.", at=NOW
        )

    told = await talk.says("I need a present for my mother", "find_gift")

    assert told.names == ["utter_suggest_not_now"]
    assert told.slots["errands"] is None
