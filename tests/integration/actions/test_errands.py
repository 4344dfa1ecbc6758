"""How errands go on: interrupted, corrected, doubted, refused, resumed."""

from uuid import uuid4

import pytest

from actions.abort_form import ActionAbortForm
from actions.base import VERIFICATION_FORM
from actions.cancel_order import ActionCancelOrder
from actions.change_delivery_address import ActionChangeDeliveryAddress
from actions.create_account import ActionCreateAccount
from actions.go_back import ActionGoBack
from actions.resume_wish import ActionResumeWish
from actions.wiring import Parts
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import Order, OrderState
from tests.builders import NOW, a_conversation, a_customer, a_tracker, an_order
from tests.integration.actions.conftest import Play, kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def with_two_orders(sessions: SessionFactory) -> tuple[Conversation, Order, Order]:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    one = an_order(ana, number="A-17", titles=("Rigoletto",))
    other = an_order(ana, number="A-21", titles=("Don Carlos",))
    await kept(sessions, ana, one, other, hers)
    return hers, one, other


async def state(sessions: SessionFactory, order: Order) -> OrderState:
    async with sessions() as session:
        return (await session.get_one(Order, order.id)).state


async def test_an_errand_asks_restates_and_acts_after_a_yes(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, one, other = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)

    await talk.says("cancel my order", "cancel_order")
    await talk.says("A-21", "inform", order_number="A-21")
    done = await talk.says("yes", "affirm")

    assert talk.said == ["utter_order_which", "utter_cancel_restate", "utter_cancel_done"]
    assert done.slots["errands"] is None
    assert done.slots["question"] is None
    assert await state(sessions, other) is OrderState.cancelled
    assert await state(sessions, one) is OrderState.placed


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        ("no, the other order", "correct", {"position": "other"}),
        ("no I meant A-21", "correct", {"order_number": "A-21"}),
        ("I meant 21, not 17", "correct", {"number": "21"}),
        ("cancel the one with Don Carlos in it", "cancel_order", {}),
    ],
)
async def test_a_correction_is_restated_before_anything_is_done(
    sessions: SessionFactory,
    parts: Parts,
    text: str,
    intent: str,
    entities: dict[str, str],
) -> None:
    hers, one, other = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")

    again = await talk.says(text, intent, entities)

    assert again.names == ["utter_cancel_restate"]
    assert again.responses[0]["order_number"] == "A-21"
    assert await state(sessions, one) is OrderState.placed
    await talk.says("yes", "affirm")
    assert await state(sessions, other) is OrderState.cancelled
    assert await state(sessions, one) is OrderState.placed


async def test_a_yes_that_leads_a_sentence_is_a_yes(sessions: SessionFactory, parts: Parts) -> None:
    hers, one, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")

    await talk.says("ja bitte stornieren", "cancel_order")

    assert await state(sessions, one) is OrderState.cancelled


async def test_the_same_wish_without_a_yes_only_restates(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, one, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")

    again = await talk.says("I said cancel it", "cancel_order")

    assert again.names == ["utter_yes_or_no", "utter_cancel_restate"]
    assert await state(sessions, one) is OrderState.placed


async def test_what_was_interrupted_is_taken_up_where_it_was(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")
    talk.slots["question"] = None  # as the bot does when something else was said

    back = await talk.comes_back()

    assert back.names == ["utter_back_to_errand", "utter_cancel_restate"]
    assert back.slots["question"] == "errand"


async def test_two_misses_offer_a_person_and_forget_nothing(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel my order", "cancel_order")

    await talk.says("the blue one maybe", "nlu_fallback")
    second = await talk.says("you know which", "nlu_fallback")

    assert second.names == ["utter_offer_person"]
    assert second.slots["question"] == "person"
    assert second.slots["errands"][0]["errand"] == "action_cancel_order"


async def test_a_no_changes_nothing(sessions: SessionFactory, parts: Parts) -> None:
    hers, one, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")

    kept_ = await talk.says("no, leave it", "deny")

    assert kept_.names == ["utter_cancel_kept"]
    assert kept_.slots["errands"] is None
    assert await state(sessions, one) is OrderState.placed


@pytest.mark.parametrize("no", ["no, rather", "ach nein,", "oh no, just"])
async def test_a_no_that_leads_another_wish_lets_go_of_what_was_restated(
    sessions: SessionFactory, parts: Parts, no: str
) -> None:
    hers, one, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")

    other = await talk.says(
        f"{no} change the address", "change_delivery_address", action=ActionChangeDeliveryAddress
    )

    assert other.names[0] == "utter_cancel_kept"
    assert [frame["errand"] for frame in other.slots["errands"]] == [
        "action_change_delivery_address"
    ]
    assert await state(sessions, one) is OrderState.placed


async def test_another_wish_alone_refuses_nothing(sessions: SessionFactory, parts: Parts) -> None:
    hers, _, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")

    other = await talk.says(
        "and change the address", "change_delivery_address", action=ActionChangeDeliveryAddress
    )

    assert len(other.slots["errands"]) == 2


async def test_stop_leaves_the_newest_errand_only(sessions: SessionFactory, parts: Parts) -> None:
    hers, _, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers, {"errands": [a_frame("action_answer_later"), a_frame()]})

    stopped = await talk.run(ActionAbortForm)

    assert [frame["errand"] for frame in stopped.slots["errands"]] == ["action_answer_later"]


async def test_one_step_back_asks_again_for_what_was_given_last(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel my order", "cancel_order")
    await talk.says("A-21", "inform", order_number="A-21")
    talk.slots["order_number"] = None

    back = await talk.run(ActionGoBack)

    assert back.names == ["utter_order_which"]


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("hm", "affirm"),
        ("maybe", "affirm"),
        ("vielleicht, mal sehen", "affirm"),
        ("...", "nlu_fallback"),
    ],
)
async def test_nothing_is_done_at_a_hesitation(
    sessions: SessionFactory, parts: Parts, said: str, intent: str
) -> None:
    hers, one, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")

    asked = await talk.says(said, intent)

    assert asked.names == ["utter_yes_or_no", "utter_cancel_restate"]
    assert await state(sessions, one) is OrderState.placed


async def test_a_hesitant_yes_is_one(sessions: SessionFactory, parts: Parts) -> None:
    hers, one, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")

    await talk.says("hm, ja gut", "affirm")

    assert await state(sessions, one) is OrderState.cancelled


async def test_a_repeated_yes_acts_once_and_answers_alike(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, one, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")
    before, yes = dict(talk.slots), uuid4()

    first = await talk.says("yes", "affirm", message=yes)
    talk.slots = before
    again = await talk.says("yes", "affirm", message=yes)

    assert (first.names, first.events) == (again.names, again.events)
    assert await state(sessions, one) is OrderState.cancelled


async def test_an_order_that_left_in_the_meantime_is_not_cancelled(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, one, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")
    async with sessions.begin() as session:
        (await session.get_one(Order, one.id)).state = OrderState.shipped

    late = await talk.says("yes", "affirm")

    assert late.names == ["utter_cancel_too_late"]
    assert late.slots["errands"] is None
    assert await state(sessions, one) is OrderState.shipped


async def test_a_stranger_is_asked_who_they_are_and_the_errand_waits(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer()
    stranger = a_conversation(of=ana, level=Level.claimed)
    order = an_order(ana)
    await kept(sessions, ana, order, stranger)
    talk = Dialogue(parts, stranger)

    asked = await talk.says("cancel A-17", "cancel_order", order_number="A-17")

    assert asked.names == ["utter_verification_needed"]
    assert asked.followup == "verification_form"
    assert asked.slots["errands"][0]["unproved"] is True
    assert await state(sessions, order) is OrderState.placed


async def test_once_proved_the_errand_goes_on_with_what_was_said(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _, other = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    async with sessions.begin() as session:
        (await session.get_one(Conversation, hers.id)).level = Level.claimed
    await talk.says("cancel the order with Don Carlos", "cancel_order")
    async with sessions.begin() as session:
        (await session.get_one(Conversation, hers.id)).level = Level.verified

    on = await talk.run(ActionCancelOrder, "123456", intent="inform")

    assert on.names == ["utter_cancel_restate"]
    assert on.responses[0]["order_number"] == other.number


async def test_who_cannot_prove_it_is_not_asked_again(
    sessions: SessionFactory, parts: Parts
) -> None:
    stranger = a_conversation()
    await kept(sessions, stranger)
    talk = Dialogue(parts, stranger, {"errands": [a_frame(unproved=True)]})

    failed = await talk.run(ActionResumeWish)

    assert failed.slots["errands"] is None
    assert failed.slots["question"] == "person"


async def test_a_lapsed_proof_is_asked_for_anew_before_the_deed(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, one, _ = await with_two_orders(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("cancel A-17", "cancel_order", order_number="A-17")
    async with sessions.begin() as session:
        (await session.get_one(Conversation, hers.id)).level_seen_at = NOW.replace(year=2025)

    asked = await talk.says("yes", "affirm")

    assert asked.followup == "verification_form"
    assert await state(sessions, one) is OrderState.placed


def a_frame(
    errand: str = "action_cancel_order",
    *,
    unproved: bool = False,
) -> dict[str, object]:
    return {
        "errand": errand,
        "given": {},
        "asked": None,
        "misses": 0,
        "unproved": unproved,
    }


async def test_what_asks_a_question_of_its_own_puts_the_form_off(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    said = a_tracker(
        hers, "open an account", intent="create_account", form=VERIFICATION_FORM, claim="sent"
    )

    heard = await play(ActionCreateAccount, said)

    assert {"event": "active_loop", "timestamp": None, "name": None} in heard.events
    assert "claim" not in heard.slots
