import asyncio

import pytest
from typer.testing import CliRunner, Result

from channels.cli import app
from crm_store.audit.repository import AuditRepository
from crm_store.canned.repository import CannedReplyRepository
from tests.integration.channels.desk.running import Desk, LogIn, refusal

pytestmark = pytest.mark.integration

GREETING = {"de": "Guten Tag {customer}, hier ist {agent}, {shop}.", "en": "Hello {customer}."}


@pytest.fixture
def _our_store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


def rapport(*words: str) -> Result:
    return CliRunner().invoke(app, ["canned", *words])


async def keep(desk: Desk, name: str) -> None:
    async with desk.sessions.begin() as session:
        await CannedReplyRepository(session).keep(name, **GREETING)


@pytest.mark.anyio
async def test_a_reply_is_found_in_the_customers_language_with_the_shop_filled_in(
    desk: Desk, log_in: LogIn
) -> None:
    await keep(desk, "/Gruss")
    mia = await log_in("mia")

    german = await mia.get("/desk/api/canned", params={"language": "de", "typed": "grus"})
    english = await mia.get("/desk/api/canned", params={"language": "en"})

    text = "Guten Tag {customer}, hier ist {agent}, Belcanto."
    assert german.json() == [{"name": "gruss", "text": text}]
    assert english.json() == [{"name": "gruss", "text": "Hello {customer}."}]


@pytest.mark.anyio
async def test_what_is_typed_has_an_end(log_in: LogIn) -> None:
    mia = await log_in("mia")

    endless = await mia.get("/desk/api/canned", params={"language": "de", "typed": "x" * 41})

    assert refusal(endless) == (422, "invalid")


@pytest.mark.anyio
async def test_a_name_is_one_reply(desk: Desk) -> None:
    await keep(desk, "gruss")
    async with desk.sessions.begin() as session:
        await CannedReplyRepository(session).keep("gruss", de="Hallo.", en="Hi.")

    async with desk.sessions() as session:
        (reply,) = await CannedReplyRepository(session).all()
    assert (reply.de, reply.en) == ("Hallo.", "Hi.")


@pytest.mark.usefixtures("_our_store")
def test_replies_are_kept_listed_and_removed_by_the_command() -> None:
    kept = rapport("set", "gruss", "--de", GREETING["de"], "--en", GREETING["en"])
    listed = rapport("list")
    removed = rapport("remove", "/gruss")

    assert [done.exit_code for done in (kept, listed, removed)] == [0, 0, 0]
    assert "/gruss" in listed.stdout
    assert GREETING["en"] in listed.stdout
    assert "/gruss" not in rapport("list").stdout


@pytest.mark.usefixtures("_our_store")
@pytest.mark.parametrize(
    "words",
    [
        ("set", "gruss", "--de", "{pin}", "--en", "Hello."),
        ("set", "guten tag", "--de", "Guten Tag.", "--en", "Hello."),
        ("remove", "nothing-of-this-name"),
    ],
)
def test_a_mistake_is_told(words: tuple[str, ...]) -> None:
    refused = rapport(*words)

    assert refused.exit_code == 1
    assert refused.stderr


@pytest.mark.anyio
@pytest.mark.usefixtures("_our_store")
async def test_a_change_is_on_record(desk: Desk) -> None:
    await asyncio.to_thread(rapport, "set", "gruss", "--de", "Hallo.", "--en", "Hi.")

    async with desk.sessions() as session:
        last = await AuditRepository(session).last()
    assert last is not None
    assert (last.deed, last.facts) == ("canned reply kept", {"name": "gruss"})
