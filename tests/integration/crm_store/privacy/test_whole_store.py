"""Export and erasure reach every table, those included that are added tomorrow."""

import json
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from crm_store import tables
from crm_store.conversations.models import Conversation
from crm_store.db import SessionFactory
from crm_store.privacy.erasure import KEPT, erase
from crm_store.privacy.export import SECRETS, PrivacyRepository, export
from tests.builders import NOW
from tests.integration.crm_store.privacy.planted import BELONG, Planted, found

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

OF_NOBODY = {
    *("agents", "agent_sessions", "duties", "login_attempts", "audit_entries"),
    *("audit_slips", "agent_identities"),
    *("canned_replies", "policies", "products", "product_texts", "product_vectors"),
    "vector_spaces",
}
"""Tables that know nothing of any customer."""


@pytest.fixture
async def memory(sessions: SessionFactory) -> AsyncIterator[None]:
    """The assistant's table, as Rasa makes it."""
    async with sessions.begin() as session:
        await session.execute(text("CREATE SCHEMA rasa"))
        await session.execute(
            text(
                "CREATE TABLE rasa.events (id serial PRIMARY KEY, sender_id varchar(255) NOT NULL,"
                " type_name varchar(255) NOT NULL, timestamp float, data text)"
            )
        )
    yield
    async with sessions.begin() as session:
        await session.execute(text("DROP SCHEMA rasa CASCADE"))


def test_every_table_is_known_to_belong_to_customers_or_to_nobody() -> None:
    names = {table.name for table in tables.METADATA.sorted_tables}

    assert names == {*BELONG, *OF_NOBODY}
    assert not {*BELONG} & OF_NOBODY


async def test_the_export_holds_everything_and_nothing_of_anybody_else(
    sessions: SessionFactory,
) -> None:
    ana, ben = await _planted(sessions)

    async with sessions() as session:
        document = json.dumps(await export(session, ana.customer, at=NOW))

    missing = {
        place
        for place, word in ana.where()
        if word not in document and place[1] not in SECRETS.get(place[0], set())
    }
    assert len(dict(ana.where())) >= 20
    assert missing == set()
    assert "ben-" not in document
    assert not [
        name
        for name, columns in SECRETS.items()
        for column in columns
        if (ana.words[name, column] in document)
    ]


async def test_a_conversation_is_told_all_of_its_customer(sessions: SessionFactory) -> None:
    ana, _ = await _planted(sessions)

    async with sessions() as session:
        hers = await session.get_one(Conversation, ana.conversation)
        told = await PrivacyRepository(session).document(hers, at=NOW)
        whole = await export(session, ana.customer, at=NOW)

    assert told == whole


async def test_an_erasure_leaves_nothing_personal_and_takes_nothing_of_anybody_else(
    sessions: SessionFactory,
) -> None:
    ana, ben = await _planted(sessions)

    async with sessions.begin() as session:
        await erase(session, ana.customer, at=NOW)

    stays = {word for (table, column), word in ana.where() if column in KEPT.get(table, set())}
    async with sessions() as session:
        assert await found(session, [word for _, word in ana.where()]) == stays
        theirs = [word for _, word in ben.where()]
        assert await found(session, theirs) == set(theirs)


async def test_what_the_shop_counts_and_the_law_wants_is_still_there(
    sessions: SessionFactory,
) -> None:
    ana, _ = await _planted(sessions)
    before = await _counted(sessions)

    async with sessions.begin() as session:
        await erase(session, ana.customer, at=NOW)

    after = await _counted(sessions)
    assert {name: after[name] for name in KEPT} == {name: before[name] for name in KEPT}
    assert {after[name] for name in BELONG if name not in KEPT} == {1}


async def test_orders_that_the_law_needs_no_more_go_altogether(sessions: SessionFactory) -> None:
    ana, _ = await _planted(sessions)

    async with sessions.begin() as session:
        await erase(session, ana.customer, at=NOW.replace(year=NOW.year + 11))

    after = await _counted(sessions)
    assert {after[name] for name in ("orders", "order_lines", "invoices", "refunds")} == {1}


@pytest.mark.usefixtures("memory")
async def test_the_assistant_tells_what_it_remembers_and_forgets_it(
    sessions: SessionFactory,
) -> None:
    ana, ben = await _planted(sessions)
    await _remember(sessions, ana)
    await _remember(sessions, ben)

    async with sessions.begin() as session:
        document = await export(session, ana.customer, at=NOW)
        await erase(session, ana.customer, at=NOW)

    assert [row["text"] for row in document["assistant_memory"]] == ["ana-remembered"]
    async with sessions() as session:
        left = (await session.scalars(text("SELECT data FROM rasa.events"))).all()
    assert [json.loads(data)["text"] for data in left] == ["ben-remembered"]


async def _planted(sessions: SessionFactory) -> tuple[Planted, Planted]:
    ana, ben = Planted("ana"), Planted("ben")
    async with sessions.begin() as session:
        await ana.plant(session)
        await ben.plant(session)
    return ana, ben


async def _counted(sessions: SessionFactory) -> dict[str, int]:
    async with sessions() as session:
        return {
            name: await session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0  # noqa: S608
            for name in BELONG
        }


async def _remember(sessions: SessionFactory, of: Planted) -> None:
    async with sessions.begin() as session:
        await session.execute(
            text(
                "INSERT INTO rasa.events (sender_id, type_name, timestamp, data)"
                " VALUES (:sender, 'user', 1.5, :data)"
            ),
            {
                "sender": str(of.conversation),
                "data": json.dumps({"text": f"{of.mark}-remembered"}),
            },
        )
