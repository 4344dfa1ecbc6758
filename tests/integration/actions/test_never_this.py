"""Never again, and not now."""

import pytest
from sqlalchemy import select

from actions.decline_suggestion import ActionDeclineSuggestion
from actions.never_this import ActionNeverThis
from actions.something_else import ActionSomethingElse
from actions.suggest import ActionSuggest
from actions.wiring import Parts
from crm_store.conversations.models import Channel
from crm_store.customers.models import Interest
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.suggestions.models import Suggestion
from tests.builders import a_product
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.shop import a_visitor, ana

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRAND = ActionNeverThis
VERDI, PUCCINI = "Giuseppe Verdi", "Giacomo Puccini"


async def shown(
    sessions: SessionFactory, parts: Parts, *, channel: Channel = Channel.chat
) -> Dialogue:
    """Ana, to whom Aida, Nabucco and Tosca were suggested in whatever order."""
    works = [a_product("Aida"), a_product("Nabucco")]
    tosca = a_product("Tosca", creator=PUCCINI, facets="opera Giuseppe Verdi")
    tosca.subjects = [VERDI]
    talk = await ana(sessions, parts, *works, tosca, channel=channel)
    await talk.run(ActionSuggest, "I love Verdi", intent="state_interest")
    return talk


async def disliked(sessions: SessionFactory) -> list[tuple[str, str | None]]:
    async with sessions() as session:
        rows = await session.scalars(select(Interest).where(Interest.strength < 0))
        return [(one.text, one.facet) for one in rows]


async def outcomes(sessions: SessionFactory) -> list[str]:
    async with sessions() as session:
        return sorted(await session.scalars(select(Suggestion.outcome)))


async def test_a_title_says_which_is_never_wanted_again(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await shown(sessions, parts)

    told = await talk.says("never show me Nabucco again", "never_this")

    assert told.names == ["utter_never_product"]
    assert told.responses[0]["titles"] == "Nabucco"
    assert await disliked(sessions) == [("Nabucco", None)]
    assert await outcomes(sessions) == ["declined", "shown", "shown"]
    assert {row["title"] for row in told.slots["suggested"]} == {"Aida", "Tosca"}


async def test_a_place_says_which(sessions: SessionFactory, parts: Parts) -> None:
    talk = await shown(sessions, parts)
    second = talk.slots["suggested"][1]["title"]

    await talk.says("never the second one again", "never_this", position="2")

    assert await disliked(sessions) == [(second, None)]


async def test_the_button_asks_which_and_hears_the_choice(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await shown(sessions, parts)

    asked = await talk.says("Never again", "never_this", kind="chosen")
    assert asked.names == ["utter_never_which"]
    assert len(asked.responses[0]["buttons"]) == 3
    await talk.says("Aida, €19.90", "inform", kind="chosen", sku="SKU-AIDA")

    assert await disliked(sessions) == [("Aida", None)]


async def test_the_first_answers_and_is_not_accepted(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await shown(sessions, parts)
    first = talk.slots["suggested"][0]["title"]
    await talk.says("Never again", "never_this", kind="chosen")

    await talk.says("the first", "accept_suggestion", position="1")

    assert await disliked(sessions) == [(first, None)]
    assert await outcomes(sessions) == ["declined", "shown", "shown"]


@pytest.mark.parametrize(
    "text", ["nothing by Puccini, ever again", "please never anything by Puccini"]
)
async def test_a_creator_named_is_never_wanted_again_with_all_works(
    sessions: SessionFactory, parts: Parts, text: str
) -> None:
    talk = await shown(sessions, parts)

    told = await talk.says(text, "never_this")

    assert told.names == ["utter_never_creator"]
    assert await disliked(sessions) == [(PUCCINI, "creator")]
    assert {row["title"] for row in told.slots["suggested"]} == {"Aida", "Nabucco"}


async def test_this_composer_is_whose_work_is_pointed_at(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await shown(sessions, parts)

    await talk.says("nothing more by that composer", "never_this", sku="SKU-TOSCA")

    assert await disliked(sessions) == [(PUCCINI, "creator")]


async def test_all_of_them_may_be_meant(sessions: SessionFactory, parts: Parts) -> None:
    talk = await shown(sessions, parts)

    told = await talk.says("never show me any of these again", "never_this", every="all")

    assert len(await disliked(sessions)) == 3
    assert told.slots["suggested"] is None


async def test_on_the_phone_it_is_the_one_that_was_said(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await shown(sessions, parts, channel=Channel.phone)
    (said,) = talk.slots["suggested"]

    told = await talk.says("never again please", "never_this")

    assert told.names == ["utter_never_product"]
    assert await disliked(sessions) == [(said["title"], None)]


async def test_where_nothing_was_suggested_it_says_so(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts)

    told = await talk.says("never show me that again", "never_this")

    assert told.names == ["utter_never_nothing"]


async def test_what_is_never_wanted_does_not_come_again(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await ana(sessions, parts, *(a_product(title) for title in ("Aida", "Nabucco")))
    await talk.run(ActionSuggest, "I love Verdi", intent="state_interest")
    await talk.says("never show me Nabucco again", "never_this")

    again = await talk.run(ActionSuggest, "I love Verdi", intent="state_interest")

    assert again.names == ["utter_suggest_nothing"]


@pytest.mark.parametrize(
    "text", ["Not now", "not at the moment, thanks", "maybe another time", "im Moment nicht"]
)
async def test_not_now_refuses_nothing_and_leaves_the_conversation_alone(
    sessions: SessionFactory, parts: Parts, text: str
) -> None:
    talk = await shown(sessions, parts)

    told = await talk.run(ActionDeclineSuggestion, text, intent="decline_suggestion")

    assert told.names == ["utter_suggestion_put_off"]
    assert await outcomes(sessions) == ["ignored"] * 3
    async with sessions() as session:
        assert "suggestions_put_off" in set(await session.scalars(select(Event.kind)))


@pytest.mark.parametrize("text", ["no, thanks", "none of these", "gefällt mir nicht"])
async def test_a_no_refuses_what_was_shown(
    sessions: SessionFactory, parts: Parts, text: str
) -> None:
    talk = await shown(sessions, parts)

    told = await talk.run(ActionDeclineSuggestion, text, intent="decline_suggestion")

    assert told.names == ["utter_suggestion_declined"]
    assert await outcomes(sessions) == ["declined"] * 3


async def test_after_not_now_a_wish_is_answered_all_the_same(
    sessions: SessionFactory, parts: Parts
) -> None:
    works = [a_product(t) for t in ("Aida", "Nabucco", "Otello", "Ernani", "Macbeth", "Rigoletto")]
    talk = await ana(sessions, parts, *works)
    await talk.run(ActionSuggest, "I love Verdi", intent="state_interest")
    await talk.run(ActionDeclineSuggestion, "Not now", intent="decline_suggestion")

    other = await talk.run(ActionSomethingElse, "something else", intent="something_else")

    assert other.names == ["utter_suggest_other"]
