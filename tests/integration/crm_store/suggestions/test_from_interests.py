"""What is suggested to whoever wishes for nothing in particular."""

import pytest
from sqlalchemy import select

from crm_store.base import Language
from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Interest, InterestSource, Level
from crm_store.db import SessionFactory
from crm_store.interests.learning import learn_from_orders, observe
from crm_store.privacy.models import Consent, ConsentKind
from crm_store.suggestions.from_interests import wish_from_interests
from crm_store.suggestions.models import Suggestion
from crm_store.suggestions.service import Wish
from tests.builders import NOW, a_conversation, a_customer, a_product, an_order
from tests.integration.actions.conftest import kept
from tests.suggesting import suggested

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

OPERAS = ("Aida", "Nabucco", "Rigoletto", "Falstaff")
VERDI = "Giuseppe Verdi"


async def ana_in_the_shop(
    sessions: SessionFactory, *, level: Level = Level.verified
) -> tuple[Customer, Conversation, dict[str, Product]]:
    ana, operas = a_customer(), {title: a_product(title) for title in OPERAS}
    hers = a_conversation(of=ana, level=level)
    await kept(sessions, ana, hers, *operas.values())
    return ana, hers, operas


async def wish(sessions: SessionFactory, hers: Conversation) -> Wish | None:
    async with sessions.begin() as session:
        return await wish_from_interests(session, hers, at=NOW)


async def told(sessions: SessionFactory, hers: Conversation) -> tuple[set[str], Suggestion]:
    """The reasons that she is told, and what was written down of the first one."""
    wished = await wish(sessions, hers)
    assert wished is not None
    async with sessions.begin() as session:
        offers = await suggested(session, wished, at=NOW)
    async with sessions() as session:
        first = select(Suggestion).where(Suggestion.rank == 1)
        return {offer.reason for offer in offers}, (await session.scalars(first)).one()


def likes(ana: Customer, text: str, *, strength: float = 1.0) -> Interest:
    return Interest(
        customer_id=ana.id,
        text=text,
        language=Language.en,
        source=InterestSource.stated,
        strength=strength,
        learned_at=NOW,
    )


async def test_what_was_said_to_be_liked_is_the_reason(sessions: SessionFactory) -> None:
    ana, hers, _ = await ana_in_the_shop(sessions)
    verdi = likes(ana, "I just love Verdi")
    await kept(sessions, verdi)

    reasons, first = await told(sessions, hers)

    assert reasons == {"because you like Giuseppe Verdi"}
    source = first.derivation["interest"]
    assert (source["interest"], source["words"]) == (str(verdi.id), "I just love Verdi")


async def test_what_was_bought_is_not_said_to_be_liked(sessions: SessionFactory) -> None:
    ana, hers, operas = await ana_in_the_shop(sessions)
    order = an_order(ana, titles=("SKU-AIDA", "SKU-NABUCCO"))
    for line, title in zip(order.lines, ("Aida", "Nabucco"), strict=True):
        line.product_id = operas[title].id
    await kept(sessions, order)
    async with sessions.begin() as session:
        await learn_from_orders(session, [ana.id], at=NOW)

    reasons, first = await told(sessions, hers)

    assert reasons == {"to go with what you have bought: Giuseppe Verdi"}
    assert first.derivation["interest"]["source"] == "inferred"


async def test_what_was_looked_at_is_said_to_be_that(sessions: SessionFactory) -> None:
    ana, hers, operas = await ana_in_the_shop(sessions)
    async with sessions.begin() as session:
        rigoletto = operas["Rigoletto"].id
        await observe(session, ana.id, rigoletto, InterestSource.viewed, at=NOW)

    reasons, first = await told(sessions, hers)

    assert reasons == {"to go with what you looked at: Giuseppe Verdi"}
    assert first.derivation["interest"]["source"] == "viewed"


async def test_what_nobody_made_is_called_by_its_title(
    sessions: SessionFactory,
) -> None:
    ana, hers, _ = await ana_in_the_shop(sessions)
    guide = a_product("Italy", creator=None)
    await kept(sessions, guide)
    async with sessions.begin() as session:
        await observe(session, ana.id, guide.id, InterestSource.asked, at=NOW)

    wished = await wish(sessions, hers)

    assert wished is not None
    assert wished.text == "Italy"


async def test_the_three_strongest_make_the_wish(sessions: SessionFactory) -> None:
    ana, hers, _ = await ana_in_the_shop(sessions)
    known = {"Verdi": 0.9, "Bach": 0.2, "verdi": 0.3, "Mozart": 0.5, "Liszt": 0.7, "Cage": -0.9}
    await kept(sessions, *(likes(ana, text, strength=s) for text, s in known.items()))

    wished = await wish(sessions, hers)

    assert wished is not None
    assert wished.text == "Verdi, Liszt, Mozart"


async def test_nobody_unproved_has_interests(sessions: SessionFactory) -> None:
    ana, hers, _ = await ana_in_the_shop(sessions, level=Level.claimed)
    await kept(sessions, likes(ana, "Verdi"))

    assert await wish(sessions, hers) is None


async def test_who_wants_no_suggestions_is_not_judged_by_their_history(
    sessions: SessionFactory,
) -> None:
    ana, hers, _ = await ana_in_the_shop(sessions)
    withdrawn = Consent(
        customer_id=ana.id,
        kind=ConsentKind.suggestions,
        given=False,
        text_version="1",
        language=Language.en,
    )
    await kept(sessions, likes(ana, "Verdi"), withdrawn)

    assert await wish(sessions, hers) is None


async def test_who_likes_nothing_that_we_know_of_makes_no_wish(sessions: SessionFactory) -> None:
    _, hers, _ = await ana_in_the_shop(sessions)

    assert await wish(sessions, hers) is None
