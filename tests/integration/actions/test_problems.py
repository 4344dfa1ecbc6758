"""Parcels that went wrong: looked for, reported, promised an answer to."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from actions.report_damaged import ActionReportDamaged
from actions.report_missing import ActionReportMissing
from actions.report_wrong_item import ActionReportWrongItem
from actions.wiring import Parts
from crm_store.cases.models import Case, CaseKind
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.orders.models import Order, OrderState
from tests.builders import NOW, a_conversation, a_customer, an_order
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

MISSING, DAMAGED, WRONG = (
    ActionReportMissing,
    ActionReportDamaged,
    ActionReportWrongItem,
)
BROKEN = "the record has a deep scratch and skips"


async def of_ana(
    sessions: SessionFactory,
    state: OrderState,
    *,
    expected_on: date | None = date(2026, 11, 25),
    titles: tuple[str, ...] = ("Rigoletto",),
) -> tuple[Conversation, Order]:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    order = an_order(ana, state=state, expected_on=expected_on, titles=titles)
    await kept(sessions, ana, hers, order)
    return hers, order


async def cases(sessions: SessionFactory) -> list[Case]:
    async with sessions() as session:
        return list(await session.scalars(select(Case).order_by(Case.number)))


@pytest.mark.parametrize(
    ("state", "expected_on", "restated"),
    [
        (OrderState.shipped, date(2026, 11, 21), "utter_missing_restate_late"),
        (OrderState.shipped, date(2026, 11, 10), "utter_missing_restate_lost"),
        (OrderState.placed, date(2026, 11, 21), "utter_missing_restate_late"),
        (OrderState.shipped, None, "utter_missing_restate"),
        (OrderState.delivered, date(2026, 11, 20), "utter_missing_restate_delivered"),
    ],
)
async def test_what_has_not_come_is_looked_for(
    sessions: SessionFactory,
    parts: Parts,
    state: OrderState,
    expected_on: date | None,
    restated: str,
) -> None:
    hers, order = await of_ana(sessions, state, expected_on=expected_on)
    talk = Dialogue(parts, hers)

    await talk.says("my neighbours have not got my parcel", "report_missing", action=MISSING)
    done = await talk.says("yes", "affirm")

    assert talk.said == ["utter_report_sorry", restated, "utter_missing_done"]
    (case,) = await cases(sessions)
    assert (case.kind, case.order_id, case.customer_id) == (
        CaseKind.missing,
        order.id,
        hers.customer_id,
    )
    assert "neighbours" in case.text
    assert done.responses[0]["case_number"] == case.number
    # Two days after Monday noon, in the shop's own time.
    assert done.responses[0]["promised"] == "Wednesday 25 November, 1 pm"


async def test_what_is_not_late_is_not_looked_for_yet(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _ = await of_ana(sessions, OrderState.shipped)

    heard = await Dialogue(parts, hers).says("no parcel yet", "report_missing", action=MISSING)

    assert heard.names == ["utter_report_sorry", "utter_missing_not_late"]
    assert heard.responses[1]["expected_on"] == "25 November 2026"
    assert await cases(sessions) == []


async def test_of_several_orders_the_late_one_is_meant(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _ = await of_ana(sessions, OrderState.shipped, expected_on=date(2026, 11, 15))
    async with sessions() as session:
        ana = await session.get_one(Conversation, hers.id)
    in_time = an_order(a_customer(), number="A-22", state=OrderState.shipped)
    in_time.customer_id = ana.customer_id  # type: ignore[assignment] # a customer's own
    await kept(sessions, in_time)

    heard = await Dialogue(parts, hers).says("my parcel is late", "report_missing", action=MISSING)

    assert heard.names == ["utter_report_sorry", "utter_missing_restate_late"]
    assert heard.responses[1]["order_number"] == "A-17"


async def test_nothing_is_looked_for_twice(sessions: SessionFactory, parts: Parts) -> None:
    hers, _ = await of_ana(sessions, OrderState.delivered)
    talk = Dialogue(parts, hers)
    await talk.says("my parcel never came", "report_missing", action=MISSING)
    await talk.says("yes", "affirm")

    again = await talk.says("my parcel never came", "report_missing", action=MISSING)

    assert again.names == ["utter_report_sorry", "utter_report_already"]
    (case,) = await cases(sessions)
    assert again.responses[1]["case_number"] == case.number


@pytest.mark.parametrize(
    ("action", "intent", "kind"),
    [
        (DAMAGED, "report_damaged", CaseKind.damaged),
        (WRONG, "report_wrong_item", CaseKind.wrong_item),
    ],
)
async def test_an_item_is_reported_with_what_is_wrong_and_what_is_wanted(
    sessions: SessionFactory,
    parts: Parts,
    action: type[ActionReportDamaged | ActionReportWrongItem],
    intent: str,
    kind: CaseKind,
) -> None:
    hers, order = await of_ana(sessions, OrderState.delivered, titles=("Rigoletto", "Aida"))
    talk = Dialogue(parts, hers)

    await talk.says("something is wrong with A-17", intent, action=action, order_number="A-17")
    await talk.says("Aida", "inform", sku="Aida", kind="chosen")
    await talk.says(BROKEN, "nlu_fallback")
    await talk.says("I would like my money back", "request_refund")
    done = await talk.says("yes", "affirm")

    assert talk.said[0] == "utter_report_sorry"
    assert done.names == ["utter_report_done"]
    (case,) = await cases(sessions)
    assert (case.kind, case.order_id) == (kind, order.id)
    assert case.text == f"Aida (order A-17). Wanted: Money back.\n{BROKEN}"
    async with sessions() as session:
        assert "case_opened" in (await session.scalars(select(Event.kind))).all()


async def test_whoever_says_it_all_at_once_is_asked_for_a_yes_only(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _ = await of_ana(sessions, OrderState.delivered)

    heard = await Dialogue(parts, hers).says(
        f"{BROKEN}, I want a replacement", "report_damaged", action=DAMAGED
    )

    assert heard.names == ["utter_report_sorry", "utter_report_restate"]
    assert heard.responses[1]["wish"] == "A replacement"
    assert heard.responses[1]["item"] == "Rigoletto"


async def test_a_correction_at_the_yes_is_restated(sessions: SessionFactory, parts: Parts) -> None:
    hers, _ = await of_ana(sessions, OrderState.delivered)
    async with sessions() as session:
        owner = (await session.get_one(Conversation, hers.id)).customer_id
    other = an_order(
        a_customer(), number="A-22", state=OrderState.delivered, placed_at=NOW - timedelta(days=9)
    )
    other.customer_id = owner  # type: ignore[assignment] # a customer's own
    await kept(sessions, other)
    talk = Dialogue(parts, hers)
    text = f"{BROKEN}, I want a replacement"
    await talk.says(text, "report_damaged", action=DAMAGED, order_number="A-17")

    again = await talk.says("no, A-22", "correct", order_number="A-22")
    await talk.says("yes", "affirm")

    assert again.names == ["utter_report_restate"]
    assert [case.order_id for case in await cases(sessions)] == [other.id]


async def test_a_repeated_yes_reports_once(sessions: SessionFactory, parts: Parts) -> None:
    hers, _ = await of_ana(sessions, OrderState.delivered)
    talk = Dialogue(parts, hers)
    await talk.says(f"{BROKEN}, I want a replacement", "report_damaged", action=DAMAGED)
    slots, yes = dict(talk.slots), uuid4()

    first = await talk.says("yes", "affirm", message=yes)
    talk.slots = slots
    again = await talk.says("yes", "affirm", message=yes)

    assert again.names == first.names == ["utter_report_done"]
    assert len(await cases(sessions)) == 1


async def test_what_was_never_sent_cannot_have_come_broken(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _ = await of_ana(sessions, OrderState.placed)

    heard = await Dialogue(parts, hers).says(BROKEN, "report_damaged", action=DAMAGED)

    assert heard.names[-1] == "utter_report_not_left"
    assert await cases(sessions) == []


async def test_a_stranger_reports_nothing_on_anybodys_order(
    sessions: SessionFactory, parts: Parts
) -> None:
    await of_ana(sessions, OrderState.delivered)
    stranger = a_conversation()
    await kept(sessions, stranger)

    heard = await Dialogue(parts, stranger).says(BROKEN, "report_damaged", action=DAMAGED)

    assert heard.names == ["utter_report_sorry", "utter_verification_needed"]
    assert await cases(sessions) == []
