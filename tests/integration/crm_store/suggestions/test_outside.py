"""Suggestions beside any conversation: to whoever looks at a product, and to other programs."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from crm_store.base import Language
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Interest, InterestSource, Level
from crm_store.db import SessionFactory
from crm_store.errors import AlreadyDecided, ProductNotFound, UnknownSuggestion, UnwelcomeNow
from crm_store.insight.models import Event
from crm_store.privacy.erasure import erase
from crm_store.suggestions.models import Outcome, Place, Suggestion
from crm_store.suggestions.outside import looked_at, looks_at, settle
from crm_store.suggestions.service import Offer, Wish, decide
from tests.builders import NOW, a_conversation, a_customer
from tests.integration.crm_store.suggestions.shop import fill
from tests.suggesting import suggested

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

VISITOR = "a browser"


async def test_what_a_customer_looks_at_tells_of_an_interest(
    sessions: SessionFactory,
) -> None:
    ana = a_customer()
    await fill(sessions, ana)

    async with sessions.begin() as session:
        await looked_at(session, "SKU-AIDA", customer=ana.id)

    async with sessions() as session:
        learned = list(await session.scalars(select(Interest)))
    assert [(one.customer_id, one.source) for one in learned] == [(ana.id, InterestSource.viewed)]


async def test_each_showing_beside_a_conversation_is_a_row_with_its_place(
    sessions: SessionFactory,
) -> None:
    aida = (await fill(sessions))["Aida"]

    offers = await _on_page(sessions, aida.id)
    again = await _on_page(sessions, aida.id)

    async with sessions() as session:
        rows = list(await session.scalars(select(Suggestion).order_by(Suggestion.created_at)))
        events = list(await session.scalars(select(Event.kind)))
    assert [offer.sku for offer in offers] == [offer.sku for offer in again]
    assert {(row.place, row.conversation_id, row.visitor) for row in rows} == {
        (Place.product_page, None, VISITOR)
    }
    assert sorted(row.outcome for row in rows) == ["ignored"] * 3 + ["shown"] * 3
    assert sorted(events) == ["suggestion_ignored"] * 3 + ["suggestion_shown"] * 6


async def test_whoever_looks_at_a_product_is_not_said_to_like_it(sessions: SessionFactory) -> None:
    aida = (await fill(sessions))["Aida"]

    [german, *_] = await _on_page(sessions, aida.id, language=Language.de)
    english = await _on_page(sessions, aida.id)

    assert german.reason == "auch von Giuseppe Verdi"
    assert not any("you like" in offer.reason for offer in english)


async def test_what_a_browser_refused_does_not_come_back_to_it(sessions: SessionFactory) -> None:
    aida = (await fill(sessions))["Aida"]
    [first, *_] = await _on_page(sessions, aida.id)
    async with sessions.begin() as session:
        await settle(session, first.suggestion, Outcome.declined, at=NOW, visitor=VISITOR)

    again, elsewhere = [
        {offer.sku for offer in await _on_page(sessions, aida.id, visitor=visitor)}
        for visitor in (VISITOR, "another browser")
    ]

    assert first.sku not in again
    assert first.sku in elsewhere


async def test_what_a_customer_refused_on_the_page_is_not_said_in_the_chat(
    sessions: SessionFactory,
) -> None:
    ana = a_customer()
    aida = (await fill(sessions, ana))["Aida"]
    [first, *_] = await _on_page(sessions, aida.id, customer=ana.id)
    async with sessions.begin() as session:
        await settle(session, first.suggestion, Outcome.declined, at=NOW)
        talk = a_conversation(of=ana, level=Level.verified)
        session.add(talk)

    offers = await _suggest(sessions, Wish(talk.id, "Verdi", Language.en))

    assert offers
    assert first.sku not in {offer.sku for offer in offers}


async def test_nothing_is_shown_on_a_page_while_a_complaint_is_open(
    sessions: SessionFactory,
) -> None:
    aida = (await fill(sessions))["Aida"]
    talk = a_conversation()
    talk.visitor = VISITOR
    async with sessions.begin() as session:
        session.add(talk)
        await session.flush()
        await CaseRepository(session).open(talk, CaseKind.complaint, "It is broken.", at=NOW)

    with pytest.raises(UnwelcomeNow):
        await _on_page(sessions, aida.id)


async def test_an_outcome_stands_once_it_is_given(sessions: SessionFactory) -> None:
    aida = (await fill(sessions))["Aida"]
    [first, *_] = await _on_page(sessions, aida.id)
    await _on_page(sessions, aida.id)

    async with sessions.begin() as session:
        await settle(session, first.suggestion, Outcome.accepted, at=NOW, visitor=VISITOR)
        await settle(session, first.suggestion, Outcome.accepted, at=NOW, visitor=VISITOR)
        with pytest.raises(AlreadyDecided):
            await settle(session, first.suggestion, Outcome.declined, at=NOW, visitor=VISITOR)

    async with sessions() as session:
        kept = await session.get_one(Suggestion, first.suggestion)
        told = list(await session.scalars(select(Event.kind).where(Event.kind.like("%accepted"))))
    assert (kept.outcome, len(told)) == (Outcome.accepted, 1)


async def test_nobody_decides_on_what_another_browser_was_shown(sessions: SessionFactory) -> None:
    aida = (await fill(sessions))["Aida"]
    [first, *_] = await _on_page(sessions, aida.id)

    async with sessions.begin() as session:
        for unknown, visitor in ((first.suggestion, "another"), (uuid4(), None)):
            with pytest.raises(UnknownSuggestion):
                await settle(session, unknown, Outcome.declined, at=NOW, visitor=visitor)


async def test_what_only_an_agent_saw_was_neither_shown_nor_refused(
    sessions: SessionFactory,
) -> None:
    await fill(sessions)
    talk = a_conversation()
    async with sessions.begin() as session:
        session.add(talk)
    at_desk = Wish(talk.id, "Verdi", Language.en, place=Place.desk)

    seen = await _suggest(sessions, at_desk)
    async with sessions.begin() as session:
        declined = await decide(session, talk.id, Outcome.declined, at=NOW)
    said = await _suggest(sessions, Wish(talk.id, "Verdi", Language.en))

    assert declined == []
    assert [offer.sku for offer in said] == [offer.sku for offer in seen]


async def test_the_chat_knows_what_its_browser_looks_at(sessions: SessionFactory) -> None:
    shop = await fill(sessions)
    talk = a_conversation()
    talk.visitor = VISITOR
    async with sessions.begin() as session:
        session.add(talk)
        await looked_at(session, "SKU-AIDA", visitor=VISITOR)
        await session.flush()
        await looked_at(session, "SKU-OTELLO", visitor=VISITOR)
        await session.flush()
        await looked_at(session, "SKU-TOSCA", visitor="another browser")

    assert await _looks_at(sessions, talk) == shop["Otello"].id
    assert await _looks_at(sessions, a_conversation()) is None


async def test_what_somebody_else_looked_at_logged_in_is_not_told_in_the_same_browser(
    sessions: SessionFactory,
) -> None:
    ana, ben = a_customer(), a_customer(number="C-2", email="ben@example.com")
    await fill(sessions, ana, ben)
    async with sessions.begin() as session:
        await looked_at(session, "SKU-AIDA", customer=ana.id, visitor=VISITOR)
    talk = a_conversation(of=ben, level=Level.verified)
    talk.visitor = VISITOR

    assert await _looks_at(sessions, talk) is None


async def test_what_was_looked_at_long_ago_is_not_meant(sessions: SessionFactory) -> None:
    await fill(sessions)
    talk = a_conversation()
    talk.visitor = VISITOR
    async with sessions.begin() as session:
        await looked_at(session, "SKU-AIDA", visitor=VISITOR)
        await session.flush()
        for event in await session.scalars(select(Event)):
            event.at = NOW - timedelta(minutes=31)

    assert await _looks_at(sessions, talk) is None


async def test_a_call_knows_what_its_customer_looked_at_once_they_are_proved(
    sessions: SessionFactory,
) -> None:
    ana = a_customer()
    shop = await fill(sessions, ana)
    async with sessions.begin() as session:
        await looked_at(session, "SKU-AIDA", customer=ana.id)

    proved = a_conversation(of=ana, level=Level.verified)
    claimed = a_conversation(of=ana, level=Level.claimed)

    assert await _looks_at(sessions, proved) == shop["Aida"].id
    assert await _looks_at(sessions, claimed) is None


async def test_an_unknown_product_is_not_looked_at(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        with pytest.raises(ProductNotFound):
            await looked_at(session, "SKU-404", visitor=VISITOR)


async def test_a_forgotten_customer_s_browser_is_forgotten_too(sessions: SessionFactory) -> None:
    ana = a_customer()
    aida = (await fill(sessions, ana))["Aida"]
    talk = a_conversation(of=ana, level=Level.verified)
    talk.visitor = VISITOR
    await _on_page(sessions, aida.id)
    async with sessions.begin() as session:
        session.add(talk)
        await looked_at(session, "SKU-AIDA", visitor=VISITOR)

    async with sessions.begin() as session:
        await erase(session, ana.id, at=NOW)

    async with sessions() as session:
        events = list(await session.scalars(select(Event)))
        shown = list(await session.scalars(select(Suggestion.visitor)))
    assert {(event.visitor, str(event.facts)) for event in events} == {(None, "{}")}
    assert set(shown) == {None}


async def _on_page(
    sessions: SessionFactory,
    product: UUID,
    *,
    language: Language = Language.en,
    customer: UUID | None = None,
    visitor: str | None = VISITOR,
) -> list[Offer]:
    wish = Wish(
        None,
        "",
        language,
        like=product,
        skip_shown=False,
        place=Place.product_page,
        customer=customer,
        visitor=visitor,
    )
    return await _suggest(sessions, wish)


async def _suggest(sessions: SessionFactory, wish: Wish) -> list[Offer]:
    async with sessions.begin() as session:
        return await suggested(session, wish, at=NOW)


async def _looks_at(sessions: SessionFactory, talk: Conversation) -> UUID | None:
    async with sessions() as session:
        return await looks_at(session, talk, NOW)
