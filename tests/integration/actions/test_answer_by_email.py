"""Somebody would rather be written to than wait."""

import pytest
from sqlalchemy import select

from actions.answer_by_email import ActionAnswerByEmail
from actions.wiring import Parts
from crm_store.cases.models import Case, CaseKind
from crm_store.conversations.models import Author
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from tests.builders import a_conversation
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_the_matter_is_kept_with_an_address(sessions: SessionFactory, parts: Parts) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    async with sessions.begin() as session:
        conversations = ConversationRepository(session)
        locked = await conversations.lock(hers.id)
        conversations.add(locked, Author.customer, "My record is scratched")
    dialogue = Dialogue(parts, hers)

    chosen = "Answer by e-mail"
    await dialogue.says(chosen, "answer_by_email", kind="chosen", action=ActionAnswerByEmail)
    await dialogue.says("ana@example.com", "inform", email="ana@example.com")

    assert dialogue.said == ["utter_email_answer_ask", "utter_email_answer_done"]
    async with sessions() as session:
        case = (await session.scalars(select(Case))).one()
    assert (case.kind, case.reply_to) == (CaseKind.other, "ana@example.com")
    assert case.text == "My record is scratched"
