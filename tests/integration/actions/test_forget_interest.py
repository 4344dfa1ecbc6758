"""Forget that I like that."""

from datetime import timedelta

import pytest

from actions.ask_my_data import ActionAskMyData
from actions.forget_interest import ActionForgetInterest
from actions.wiring import Parts
from crm_store.base import Language
from crm_store.customers.models import Facet, Interest, InterestSource, Level
from crm_store.db import SessionFactory
from crm_store.interests.repository import InterestRepository
from tests.builders import NOW, a_conversation, a_customer, a_product
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRANDS = (ActionAskMyData, ActionForgetInterest)
STATED, INFERRED, VIEWED = InterestSource.stated, InterestSource.inferred, InterestSource.viewed


async def with_tastes(
    sessions: SessionFactory, parts: Parts, *, level: Level = Level.verified
) -> Dialogue:
    """Ana likes Verdi, has looked at his Aida, seems to like opera, and once asked about Cage."""
    ana, aida, cage = a_customer(), a_product("Aida"), a_product("Cage", creator=None)
    hers = a_conversation(of=ana, level=level)

    def learned(text: str, source: InterestSource, days: int = 0, **more: object) -> Interest:
        return Interest(
            customer_id=ana.id,
            text=text,
            source=source,
            language=Language.en,
            learned_at=NOW - timedelta(days=days),
            **more,
        )

    await kept(
        sessions,
        *(ana, hers, aida, cage),
        learned("I do love Verdi's operas", STATED),
        learned("opera", INFERRED, facet=Facet.genre, strength=0.6),
        learned("Aida", VIEWED, product_id=aida.id, strength=0.3),
        learned("Cage", InterestSource.asked, days=119, product_id=cage.id, strength=0.3),
        learned("Richard Wagner", STATED, facet=Facet.creator, strength=-1.0),
    )
    return Dialogue(parts, hers)


async def left(sessions: SessionFactory, talk: Dialogue) -> set[str]:
    async with sessions() as session:
        known = await InterestRepository(session).of(talk.conversation, at=NOW)
    return {liking.interest.text for liking in known}


async def test_what_is_known_of_ones_taste_is_told_with_how_it_became_known(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_tastes(sessions, parts)

    told = await talk.says("what do you know about my taste?", "ask_my_data")

    assert told.responses[1]["interests"] == (
        "I do love Verdi's operas, operas (from what you have bought), Aida (looked at) and"
        " never again Richard Wagner"
    )


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("forget that I like Verdi", {"opera", "Richard Wagner"}),
        ("forget that I like opera", {"Aida", "Richard Wagner"}),
        ("forget about Aida", {"I do love Verdi's operas", "opera", "Richard Wagner"}),
        ("you may suggest Wagner again", {"I do love Verdi's operas", "opera", "Aida"}),
    ],
)
async def test_what_is_named_is_restated_and_forgotten_after_a_yes(
    sessions: SessionFactory, parts: Parts, text: str, stays: set[str]
) -> None:
    talk = await with_tastes(sessions, parts)
    before = await left(sessions, talk)

    asked = await talk.says(text, "forget_interest")
    assert asked.names == ["utter_forget_restate"]
    assert await left(sessions, talk) == before
    done = await talk.says("yes", "affirm")

    assert done.names == ["utter_forget_done"]
    assert await left(sessions, talk) == stays


@pytest.mark.parametrize("text", ["forget all my interests", "Vergessen Sie alles, was ich mag"])
async def test_all_may_be_forgotten(sessions: SessionFactory, parts: Parts, text: str) -> None:
    talk = await with_tastes(sessions, parts)

    asked = await talk.says(text, "forget_interest")
    await talk.says("yes", "affirm")

    assert asked.names == ["utter_forget_restate_all"]
    assert await left(sessions, talk) == set()


async def test_asks_which_with_the_strongest_on_offer(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_tastes(sessions, parts)

    asked = await talk.says("forget one of my tastes", "forget_interest")
    assert asked.names == ["utter_forget_which"]
    titles = [button["title"] for button in asked.responses[0]["buttons"]]
    assert titles[1:] == ["operas (from what you have bought)", "Aida (looked at)", "All of it"]
    await talk.says("the third", "accept_suggestion", position="3")
    await talk.says("yes", "affirm")

    assert "Aida" not in await left(sessions, talk)


async def test_a_no_forgets_nothing(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_tastes(sessions, parts)
    before = await left(sessions, talk)

    await talk.says("forget that I like Verdi", "forget_interest")
    told = await talk.says("no", "deny")

    assert told.names == ["utter_forget_kept"]
    assert await left(sessions, talk) == before


async def test_where_nothing_is_known_it_says_so(sessions: SessionFactory, parts: Parts) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers)

    told = await Dialogue(parts, hers).says("forget that I like Verdi", "forget_interest")

    assert told.names == ["utter_forget_nothing"]


async def test_whoever_only_claims_to_be_her_proves_it_first(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_tastes(sessions, parts, level=Level.claimed)

    told = await talk.says("forget that I like Verdi", "forget_interest")

    assert told.names == ["utter_verification_needed"]
