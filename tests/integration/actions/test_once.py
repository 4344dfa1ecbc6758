"""What an action does for a message, it does once."""

import asyncio
from inspect import isabstract
from uuid import uuid4

import pytest
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.utils import all_subclasses
from sqlalchemy import func, select

from actions.base import ActionTurn, Event, StoreAction
from actions.wiring import Parts
from crm_store.conversations.models import Effect
from crm_store.db import SessionFactory
from crm_store.insight.models import Event as Fact
from crm_store.insight.repository import EventRepository
from tests.builders import a_conversation, a_tracker, the_domain
from tests.integration.actions.conftest import Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


class Note(StoreAction):
    """Writes down that it ran."""

    action_name = "action_note"
    together: asyncio.Barrier | None = None

    async def act(self, turn: ActionTurn) -> list[Event]:
        if self.together is not None:
            await self.together.wait()
        EventRepository(turn.session).record("noted", turn.conversation)
        turn.say("utter_greet", token=uuid4().hex)
        return [SlotSet("wish", uuid4().hex)]


class Stumble(Note):
    """Fails after it has written."""

    action_name = "action_stumble"

    async def act(self, turn: ActionTurn) -> list[Event]:
        await super().act(turn)
        await turn.session.flush()
        raise RuntimeError("stumbled")


async def test_a_second_run_answers_as_the_first_and_changes_nothing(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    message = a_tracker(hers, "hello")

    first, second = await play(Note, message), await play(Note, message)

    assert second == first
    assert await _noted(sessions) == 1


async def test_runs_beside_each_other_have_one_winner(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    message = a_tracker(hers, "hello")
    action = Note(parts)
    action.together = asyncio.Barrier(3)

    async def one() -> list[dict[str, object]]:
        said = CollectingDispatcher()
        await action.run(said, message, the_domain())  # type: ignore[arg-type] # a domain is a dict
        return said.messages

    answers = await asyncio.gather(one(), one(), one())

    assert answers[0] == answers[1] == answers[2]
    assert await _noted(sessions) == 1


async def test_a_second_run_within_a_turn_is_one_of_its_own(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    message = a_tracker(hers, "hello")
    await play(Note, message)
    message.events.append({"event": "action", "name": "action_note"})

    await play(Note, message)

    assert await _noted(sessions) == 2


async def test_another_message_is_another_run(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    await play(Note, a_tracker(hers, "hello"))
    await play(Note, a_tracker(hers, "hello"))

    assert await _noted(sessions) == 2


async def test_a_failure_leaves_nothing_behind(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    with pytest.raises(RuntimeError):
        await play(Stumble, a_tracker(hers, "hello"))

    assert await _noted(sessions) == 0
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Effect)) == 0


async def _noted(sessions: SessionFactory) -> int:
    async with sessions() as session:
        return await session.scalar(select(func.count()).select_from(Fact)) or 0


def test_every_action_is_registered_under_its_name_and_known_to_the_bot() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")

    ours = [
        action
        for action in all_subclasses(StoreAction)
        if action.__module__.startswith("actions.") and not isabstract(action)
    ]
    names = {action.action_name for action in ours}

    assert names <= set(executor.actions)
    assert names == set(the_domain()["actions"])
