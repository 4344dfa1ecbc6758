"""Invoices: told, sent again, and checked where something is wrong."""

from uuid import uuid4

import pytest
from sqlalchemy import delete, select

from actions.ask_invoice import ActionAskInvoice
from actions.report_invoice_error import ActionReportInvoiceError
from actions.wiring import Parts
from crm_store.base import Language
from crm_store.cases.models import Case, CaseKind
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import ContactPoint, Level
from crm_store.db import SessionFactory
from crm_store.invoices.models import Invoice, invoice_for
from crm_store.orders.models import Order, OrderState
from crm_store.outbox.models import OutboxMessage
from tests.builders import a_conversation, a_customer, an_order
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ASK, WRONG = ActionAskInvoice, ActionReportInvoiceError


async def invoiced(
    sessions: SessionFactory,
    *numbers: str,
    channel: Channel = Channel.chat,
    language: Language = Language.en,
) -> tuple[Conversation, list[Order]]:
    """Ana's delivered orders, each with its invoice."""
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified, channel=channel, language=language)
    orders = [an_order(ana, number=number, state=OrderState.delivered) for number in numbers]
    await kept(sessions, ana, hers, *orders)
    async with sessions.begin() as session:
        for order in orders:
            session.add(invoice_for(await session.get_one(Order, order.id)))
    return hers, orders


async def number_of(sessions: SessionFactory, order: str) -> str:
    async with sessions() as session:
        found = select(Invoice.number).where(Invoice.order_number == order)
        return (await session.scalars(found)).one()


async def mails(sessions: SessionFactory) -> list[OutboxMessage]:
    async with sessions() as session:
        return list(await session.scalars(select(OutboxMessage)))


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.de, ("Rechnung", "27,90")), (Language.en, ("Invoice", "€27.90"))],
)
async def test_an_invoice_is_told_and_sent_again_after_a_yes(
    sessions: SessionFactory, parts: Parts, language: Language, words: tuple[str, str]
) -> None:
    hers, _ = await invoiced(sessions, "A-17", language=language)
    talk = Dialogue(parts, hers)

    told = await talk.says("my invoice please", "ask_invoice", action=ASK)
    assert await mails(sessions) == []
    sent = await talk.says("yes", "affirm")

    assert talk.said == ["utter_invoice_restate", "utter_invoice_sent"]
    number = await number_of(sessions, "A-17")
    assert told.responses[0]["invoice_number"] == sent.responses[0]["invoice_number"] == number
    assert told.responses[0]["email"] == "a…@example.com"
    (mail,) = await mails(sessions)
    assert mail.address == "ana@example.com"
    assert all(word in mail.text for word in (*words, number, "A-17", "Rigoletto"))


async def test_a_repeated_yes_sends_once(sessions: SessionFactory, parts: Parts) -> None:
    hers, _ = await invoiced(sessions, "A-17")
    talk = Dialogue(parts, hers)
    await talk.says("my invoice please", "ask_invoice", action=ASK)
    slots, yes = dict(talk.slots), uuid4()

    await talk.says("yes", "affirm", message=yes)
    talk.slots = slots
    await talk.says("yes", "affirm", message=yes)

    assert len(await mails(sessions)) == 1


async def test_a_correction_at_the_yes_sends_the_other_invoice(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _ = await invoiced(sessions, "A-17", "A-22")
    talk = Dialogue(parts, hers)
    await talk.says("the invoice of A-17", "ask_invoice", action=ASK, order_number="A-17")

    await talk.says("no, A-22", "correct", order_number="A-22")
    await talk.says("yes", "affirm")

    (mail,) = await mails(sessions)
    assert "A-22" in mail.text
    assert "A-17" not in mail.text


async def test_an_invoice_is_named_by_its_own_number(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _ = await invoiced(sessions, "A-17", "A-22")
    number = await number_of(sessions, "A-22")

    told = await Dialogue(parts, hers).says(
        f"send me {number}", "ask_invoice", action=ASK, order_number=number
    )

    assert told.names == ["utter_invoice_restate"]
    assert told.responses[0]["order_number"] == "A-22"


async def test_a_caller_hears_no_address(sessions: SessionFactory, parts: Parts) -> None:
    hers, _ = await invoiced(sessions, "A-17", channel=Channel.phone)

    told = await Dialogue(parts, hers).says("my invoice please", "ask_invoice", action=ASK)

    assert told.responses[0]["host"] == "example.com"


async def test_what_has_not_left_has_no_invoice_yet(sessions: SessionFactory, parts: Parts) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers, an_order(ana))

    heard = await Dialogue(parts, hers).says(
        "the invoice of A-17", "ask_invoice", action=ASK, order_number="A-17"
    )

    assert heard.names == ["utter_invoice_not_yet"]


async def test_without_an_address_on_file_a_person_is_offered(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _ = await invoiced(sessions, "A-17")
    async with sessions.begin() as session:
        await session.execute(delete(ContactPoint))

    heard = await Dialogue(parts, hers).says("my invoice please", "ask_invoice", action=ASK)

    assert heard.names == ["utter_invoice_no_email"]
    assert heard.slots["question"] == "person"


@pytest.mark.parametrize("action", [ASK, WRONG])
async def test_nobody_elses_invoice_is_told_or_touched(
    sessions: SessionFactory, parts: Parts, action: type[ActionAskInvoice]
) -> None:
    await invoiced(sessions, "A-17")
    number = await number_of(sessions, "A-17")
    ben = a_customer(number="C-2", email="ben@example.com")
    his = a_conversation(of=ben, level=Level.verified)
    await kept(sessions, ben, his)
    talk = Dialogue(parts, his)

    for named in ("A-17", number):
        heard = await talk.says("that invoice", "ask_invoice", action=action, order_number=named)
        assert "utter_order_not_found" in heard.names
        assert not {"utter_invoice_restate", "utter_invoice_error_restate"} & set(heard.names)


async def test_a_mistake_is_checked_by_a_person(sessions: SessionFactory, parts: Parts) -> None:
    hers, (order,) = await invoiced(sessions, "A-17")
    talk = Dialogue(parts, hers)

    await talk.says("my invoice is wrong", "report_invoice_error", action=WRONG)
    await talk.says("it lists a voucher that I never used", "nlu_fallback")
    done = await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_report_sorry",
        "utter_invoice_error_what",
        "utter_invoice_error_restate",
        "utter_invoice_error_done",
    ]
    async with sessions() as session:
        case = (await session.scalars(select(Case))).one()
    assert (case.kind, case.order_id) == (CaseKind.invoice, order.id)
    assert "voucher" in case.text
    assert done.responses[0]["case_number"] == case.number
