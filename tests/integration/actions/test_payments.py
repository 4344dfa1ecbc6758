"""Ways of paying, and payments that went wrong."""

import pytest
from sqlalchemy import select

from actions.ask_payment_methods import ActionAskPaymentMethods
from actions.report_payment_problem import ActionReportPaymentProblem
from actions.wiring import Parts
from crm_store.base import Language
from crm_store.cases.models import Case, CaseKind
from crm_store.db import SessionFactory
from tests.builders import a_conversation, a_tracker
from tests.integration.actions.conftest import Play, kept
from tests.integration.actions.shop import a_visitor, count

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRAND = ActionReportPaymentProblem


@pytest.mark.parametrize(
    ("asked", "response"),
    [
        (None, "utter_payment_methods"),
        ("paypal", "utter_payment_taken"),
        ("instalments", "utter_payment_not_taken"),
    ],
)
async def test_tells_the_ways_and_whether_one_of_them_is_taken(
    sessions: SessionFactory, play: Play, asked: str | None, response: str
) -> None:
    somebody = a_conversation(language=Language.de)
    await kept(sessions, somebody)
    entities = {"payment_method": asked} if asked else {}

    heard = await play(ActionAskPaymentMethods, a_tracker(somebody, entities=entities))

    assert heard.names == [response]
    assert heard.responses[0]["methods"] == (
        "mit Kreditkarte, mit PayPal, auf Rechnung und per Lastschrift"
    )


async def test_a_failed_payment_is_explained_and_noted_if_that_is_wanted(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts)

    await talk.says("payment error", "report_payment_problem")
    await talk.says("the page froze after I clicked pay", "nlu_fallback")
    await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_payment_problem_what",
        "utter_payment_problem_advice",
        "utter_payment_problem_noted",
    ]
    async with sessions() as session:
        case = (await session.scalars(select(Case))).one()
    assert (case.kind, case.text) == (CaseKind.payment, "the page froze after I clicked pay")


async def test_what_was_said_at_first_is_not_asked_again(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts)

    told = await talk.says("My credit card was declined twice", "report_payment_problem")

    assert told.names == ["utter_payment_problem_advice"]


async def test_a_no_opens_no_case(sessions: SessionFactory, parts: Parts) -> None:
    talk = await a_visitor(sessions, parts)
    await talk.says("My credit card was declined twice", "report_payment_problem")

    kept_ = await talk.says("no, I will try again", "deny")

    assert kept_.names == ["utter_payment_problem_kept"]
    assert await count(sessions, Case) == 0
