from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from crm_store.agents.models import Agent
from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, ConversationRef, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Customer
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Handoff, Reason
from crm_store.search.models import MARK_BEGINS, MARK_ENDS, Found, Wish
from crm_store.search.repository import SearchRepository
from tests.builders import NOW, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


@dataclass(frozen=True, slots=True)
class Archive:
    """Conversations to search in."""

    sessions: SessionFactory

    async def holds(
        self,
        key: str,
        *said: str,
        author: Author = Author.customer,
        kind: Kind = Kind.said,
        channel: Channel = Channel.chat,
        language: Language = Language.de,
        of: Customer | None = None,
        at: datetime = NOW,
    ) -> UUID:
        async with self.sessions.begin() as session:
            conversations = ConversationRepository(session)
            ref = ConversationRef(channel, key)
            conversation = await conversations.start(ref, language, visitor=key)
            if of is not None:
                conversation.customer_id = of.id
            for text in said:
                conversations.add(conversation, author, text, kind=kind)
            await session.flush()
            theirs = Message.conversation_id == conversation.id
            await session.execute(update(Message).where(theirs).values(created_at=at))
        return conversation.id

    async def find(self, words: str, **narrowed: Any) -> list[Found]:
        async with self.sessions() as session:
            return list(await SearchRepository(session).find(Wish(words, **narrowed)))

    async def keys(self, words: str, **narrowed: Any) -> set[UUID]:
        return {found.conversation for found in await self.find(words, **narrowed)}


@pytest.fixture
def archive(sessions: SessionFactory) -> Archive:
    return Archive(sessions)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Meine Bestellungen sind verloren gegangen", "Bestellung verloren"),
        ("My parcels were damaged", "damaged parcel"),
        ("Die Schallplatte war zerkratzt", "zerkratzte Schallplatten"),
        ("Haben Sie Rigoletto auf Vinyl?", "Rigol"),
        ("Bitte an A-1017 denken", "A-1017"),
        ("Ich hätte gern the big box", "große OR boxes"),
    ],
)
async def test_words_are_found_in_whatever_form_and_language(
    archive: Archive, said: str, words: str
) -> None:
    hit = await archive.holds("k1", said)
    await archive.holds("k2", "Etwas ganz anderes")

    assert await archive.keys(words) == {hit}


async def test_what_was_found_is_marked_in_the_newest_message_that_has_it(archive: Archive) -> None:
    await archive.holds("k1", "Das Paket fehlt", "Noch einmal: das Paket fehlt", "Danke")

    (found,) = await archive.find("Paket")

    assert (found.seq, found.times) == (2, 2)
    assert found.excerpt == f"Noch einmal: das {MARK_BEGINS}Paket{MARK_ENDS} fehlt"


async def test_notes_are_found_and_steps_are_not(archive: Archive) -> None:
    noted = await archive.holds("k1", "Kulanz gewährt", author=Author.agent, kind=Kind.note)
    await archive.holds("k2", "Kulanz", author=Author.system, kind=Kind.closed)

    assert await archive.keys("Kulanz") == {noted}


async def test_a_customer_is_found_by_name_and_number(archive: Archive) -> None:
    ana = a_customer()
    async with archive.sessions.begin() as session:
        session.add(ana)
    hers = await archive.holds("k1", "Hallo", "Guten Abend", of=ana)
    await archive.holds("k2", "Hallo")

    for words in ("Ruiz", "ana ruiz", "c-1"):
        (found,) = await archive.find(words)
        assert (found.conversation, found.name, found.excerpt) == (hers, "Ana Ruiz", "Guten Abend")
    assert await archive.find("100%") == []


async def test_the_newest_words_come_first(archive: Archive) -> None:
    old = await archive.holds("k1", "Paket", at=NOW - timedelta(days=3))
    new = await archive.holds("k2", "Paket")

    assert [found.conversation for found in await archive.find("Paket")] == [new, old]


async def test_each_filter_narrows_what_is_found(archive: Archive) -> None:
    async with archive.sessions.begin() as session:
        mia = Agent(login="mia", name="Mia", password_hash="")
        session.add(mia)
    german = await archive.holds("k1", "Paket", at=NOW - timedelta(days=3))
    call = await archive.holds("k2", "Paket", channel=Channel.phone)
    english = await archive.holds("k3", "Paket", language=Language.en, author=Author.bot)
    async with archive.sessions.begin() as session:
        session.add(
            Handoff(
                conversation_id=german,
                reason=Reason.asked,
                trigger_seq=1,
                language=Language.de,
                agent_id=mia.id,
                code="order/lost",
            )
        )

    assert await archive.keys("Paket") == {german, call, english}
    assert await archive.keys("Paket", channel=Channel.phone) == {call}
    assert await archive.keys("Paket", language=Language.en) == {english}
    assert await archive.keys("Paket", author=Author.bot) == {english}
    assert await archive.keys("Paket", agent=mia.id) == {german}
    assert await archive.keys("Paket", code="order") == {german}
    assert await archive.keys("Paket", code="ord") == set()
    assert await archive.keys("Paket", since=NOW - timedelta(days=1)) == {call, english}
    assert await archive.keys("Paket", until=NOW - timedelta(days=1)) == {german}


@pytest.mark.parametrize("words", ["'", "& | !", ":*", "der", "((", "<->", "\\", "%"])
async def test_no_sign_breaks_the_search(archive: Archive, words: str) -> None:
    await archive.holds("k1", "Guten Tag")

    assert await archive.find(words) == []
