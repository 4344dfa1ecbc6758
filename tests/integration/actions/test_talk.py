import pytest

from actions.abort_form import ActionAbortForm
from actions.change_language import ActionChangeLanguage
from crm_store.base import Language
from crm_store.conversations.models import Conversation
from crm_store.db import SessionFactory
from tests.builders import a_conversation, a_tracker
from tests.integration.actions.conftest import Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

CALL = {"errand": "action_call_me_back", "given": {}}
REVIEW = {"errand": "action_write_review", "given": {}}


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ({}, Language.de),
        ({"target_language": "de"}, Language.de),
        ({"target_language": "en"}, "en"),
    ],
)
async def test_changes_the_language_of_the_conversation(
    sessions: SessionFactory, play: Play, named: dict[str, str], language: Language
) -> None:
    hers = a_conversation(language=Language.en)
    await kept(sessions, hers)

    heard = await play(ActionChangeLanguage, a_tracker(hers, entities=named))

    assert heard.slots == {"language": language}
    async with sessions() as session:
        assert (await session.get_one(Conversation, hers.id)).language == language


async def test_stops_what_is_under_way(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionAbortForm, a_tracker(hers, wish="action_order_status"))

    assert heard.names == ["utter_stopped"]
    assert set(heard.slots.values()) == {None}


async def test_says_which_errand_is_left(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionAbortForm, a_tracker(hers, errands=[REVIEW]))

    assert heard.names == ["utter_stopped_errand"]
    assert heard.responses[0]["errand"] == "your review"
    assert heard.slots["errands"] is None


async def test_leaves_what_is_on_top_and_keeps_what_it_interrupted(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionAbortForm, a_tracker(hers, errands=[CALL, REVIEW]))

    assert heard.names == ["utter_stopped_errand_between"]
    assert [frame["errand"] for frame in heard.slots["errands"]] == ["action_call_me_back"]
