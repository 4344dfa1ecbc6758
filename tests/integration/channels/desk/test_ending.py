import pytest

from crm_store.base import utc_now
from crm_store.conversations.models import Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.strategy.repository import PolicyRepository
from tests.integration.channels.desk.running import Desk, LogIn, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ENDINGS = pytest.mark.parametrize("ending", ["return", "close"])


@ENDINGS
async def test_nothing_is_let_go_without_saying_what_it_was_about(
    desk: Desk, log_in: LogIn, ending: str
) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")
    at = f"/desk/api/conversations/{conversation}"
    epoch = (await mia.post(f"{at}/claim")).json()["epoch"]
    body = {"epoch": epoch, "outcome": "solved"}

    without = await mia.post(f"{at}/{ending}", json=body)
    group = await mia.post(f"{at}/{ending}", json=body | {"code": "order"})
    done = await mia.post(f"{at}/{ending}", json=body | {"code": "order/lost"})

    assert refusal(without) == (422, "code_needed")
    assert refusal(group) == (422, "unknown_code")
    assert done.status_code == 200
    story = (await mia.get(at)).json()
    assert story["handoffs"][-1]["code"] == "order/lost"


async def test_a_shop_may_do_without_codes(desk: Desk, log_in: LogIn) -> None:
    async with desk.sessions.begin() as session:
        none = {"obligatory": False, "codes": []}
        await PolicyRepository(session).change("wrap_up", none, at=utc_now())
    conversation, mia = await desk.waiting(), await log_in("mia")
    at = f"/desk/api/conversations/{conversation}"
    epoch = (await mia.post(f"{at}/claim")).json()["epoch"]

    await mia.post(f"{at}/close", json={"epoch": epoch, "outcome": "solved"})

    assert (await mia.get("/desk/api/wrap-up")).json() == none
    async with desk.sessions() as session:
        ended = await ConversationRepository(session).get(conversation)
    assert ended.handler is Handler.closed
