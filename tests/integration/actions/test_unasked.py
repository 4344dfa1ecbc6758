from typing import Any

import pytest
from sqlalchemy import select

from actions.courtesy import ActionCourtesy
from actions.decline_suggestion import ActionDeclineSuggestion
from actions.wiring import Parts
from crm_store.base import Language
from crm_store.conversations.models import Channel
from crm_store.customers.models import Interest, InterestSource, Level
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.proof.occasions import OFFER_DUE
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.models import Suggestion
from tests.builders import NOW, a_product
from tests.integration.actions.conftest import Heard
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.shop import ana

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

OPERAS = ("Rigoletto", "Aida", "Nabucco", "Otello")
ALL, NOBODY = 1.0, 0.0


async def test_thanks_for_what_is_settled_bring_an_offer_once(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await _who_likes_verdi(sessions, parts)

    heard = await _thanks(talk, settled="order_status")
    again = await _thanks(talk, settled="order_status")

    assert heard.names == ["utter_suggest_unasked"]
    assert len(heard.responses[0]["custom"]["cards"]) == 3
    assert again.names == ["utter_thanks_returned"]
    assert await _shown(sessions) == [False] * 3


async def test_a_caller_is_offered_one(sessions: SessionFactory, parts: Parts) -> None:
    talk = await _who_likes_verdi(sessions, parts, channel=Channel.phone)

    heard = await _thanks(talk, settled="order_status")

    assert heard.names == ["utter_suggest_unasked"]
    assert heard.responses[0]["title"] in OPERAS
    assert heard.slots["question"] == "suggestion"
    assert heard.slots["settled"] is None


@pytest.mark.parametrize("settled", [None, "cancel_order", "report_damaged"])
async def test_nothing_is_offered_where_nothing_good_was_settled(
    sessions: SessionFactory, parts: Parts, settled: str | None
) -> None:
    talk = await _who_likes_verdi(sessions, parts)

    assert (await _thanks(talk, settled=settled)).names == ["utter_thanks_returned"]


async def test_nothing_is_offered_to_whoever_has_not_proved_who_they_are(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await _who_likes_verdi(sessions, parts, level=Level.claimed)

    assert (await _thanks(talk, settled="order_status")).names == ["utter_thanks_returned"]


async def test_the_control_group_is_offered_nothing_and_counted(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await _who_likes_verdi(sessions, parts, control=ALL)

    heard = await _thanks(talk, settled="order_status")

    assert heard.names == ["utter_thanks_returned"]
    assert await _shown(sessions) == []
    async with sessions() as session:
        due = await session.scalars(select(Event).where(Event.kind == OFFER_DUE))
        assert [event.facts["control"] for event in due] == [True]


async def test_after_a_no_the_customer_is_left_alone(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await _who_likes_verdi(sessions, parts, most_unasked_per_day=9)
    await _thanks(talk, settled="order_status")

    await talk.run(ActionDeclineSuggestion, "no", intent="deny")

    assert (await _thanks(talk, settled="order_status")).names == ["utter_thanks_returned"]


async def _who_likes_verdi(
    sessions: SessionFactory,
    parts: Parts,
    *,
    channel: Channel = Channel.chat,
    level: Level = Level.verified,
    control: float = NOBODY,
    **rules: Any,
) -> Dialogue:
    operas = [a_product(title, creator="Giuseppe Verdi") for title in OPERAS]
    talk = await ana(sessions, parts, *operas, channel=channel, level=level)
    async with sessions.begin() as session:
        session.add(
            Interest(
                customer_id=talk.conversation.customer_id,
                text="Verdi",
                language=Language.en,
                source=InterestSource.imported,
            )
        )
        changed = {**seed()["suggestions"], "control_share": control, **rules}
        await PolicyRepository(session).change("suggestions", changed, at=NOW)
    return talk


async def _thanks(talk: Dialogue, *, settled: str | None) -> Heard:
    talk.slots["settled"] = settled
    return await talk.run(ActionCourtesy, "thank you", intent="thank")


async def _shown(sessions: SessionFactory) -> list[bool]:
    async with sessions() as session:
        return list(await session.scalars(select(Suggestion.asked)))
