import pytest

from crm_store.audit.repository import AuditRepository
from tests.integration.channels.desk.running import Desk, LogIn, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_whose_words_were_shown_is_on_record_and_what_was_sought_is_not(
    desk: Desk, log_in: LogIn
) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")

    found = await mia.post("/desk/api/search", json={"words": "jemand sprechen"})

    assert [one["conversation"] for one in found.json()] == [str(conversation)]
    async with desk.sessions() as session:
        last = await AuditRepository(session).last()
    assert last is not None
    assert (last.deed, last.facts) == ("search found", {"conversations": [str(conversation)]})


@pytest.mark.parametrize(
    "wish",
    [{"words": "x"}, {"words": "x" * 201}, {"words": "Paket", "since": "2026-11-28T10:00:00"}],
)
async def test_a_wish_has_its_form(log_in: LogIn, wish: dict[str, str]) -> None:
    mia = await log_in("mia")

    assert refusal(await mia.post("/desk/api/search", json=wish)) == (422, "invalid")
