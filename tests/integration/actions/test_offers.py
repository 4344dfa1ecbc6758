"""An errand that is offered begins with a yes, and knows what was known."""

import pytest

from actions.cancel_order import ActionCancelOrder
from actions.take_offer import ActionTakeOffer
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from tests.builders import a_conversation, a_customer, a_tracker
from tests.integration.actions.conftest import Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_a_yes_begins_what_was_offered(sessions: SessionFactory, play: Play) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers)
    offer = {"errand": ActionCancelOrder.action_name, "given": {"order": "A-17"}}

    heard = await play(ActionTakeOffer, a_tracker(hers, "yes", offered=offer))

    assert heard.followup == "action_cancel_order"
    assert heard.slots["errands"][0]["given"] == {"order": "A-17"}
    assert heard.slots["offered"] is None


@pytest.mark.parametrize("offer", [None, {"errand": "action_unheard_of", "given": {}}])
async def test_a_yes_to_nothing_is_asked_about(
    sessions: SessionFactory, play: Play, offer: dict[str, object] | None
) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)

    heard = await play(ActionTakeOffer, a_tracker(somebody, "yes", offered=offer))

    assert heard.names == ["utter_affirm_alone"]
    assert heard.followup is None
