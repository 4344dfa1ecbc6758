"""Changing an order that is still in the house: each way of it keeps the same promises."""

from uuid import uuid4

import pytest

from actions.wiring import Parts
from crm_store.db import SessionFactory
from tests.builders import a_conversation, a_customer, an_order
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.order_stage import CHANGES, Change, all_of, events, leaves, staged

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

every_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@every_change
async def test_a_change_is_restated_and_made_after_a_yes(
    sessions: SessionFactory, parts: Parts, change: Change
) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)
    before = await all_of(sessions, stage.one)

    restated = await change.begins(talk)
    assert restated.names == [change.restated]
    assert await all_of(sessions, stage.one) == before
    done = await talk.says("yes", "affirm")

    assert done.names == [change.done]
    assert done.responses[0]["order_number"] == "A-17"
    assert await all_of(sessions, stage.one) != before
    assert await events(sessions) == [change.event]


@every_change
async def test_a_no_changes_nothing(sessions: SessionFactory, parts: Parts, change: Change) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)
    before = await all_of(sessions, stage.one)
    await change.begins(talk)

    kept_ = await talk.says("no", "deny")

    assert kept_.slots["errands"] is None
    assert await all_of(sessions, stage.one) == before


@every_change
async def test_a_correction_at_the_yes_is_restated_for_the_other_order(
    sessions: SessionFactory, parts: Parts, change: Change
) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)
    one, other = await all_of(sessions, stage.one), await all_of(sessions, stage.other)
    await change.begins(talk)

    again = await talk.says("no, A-22", "correct", order_number="A-22")
    await talk.says("yes", "affirm")

    assert again.names == [change.restated]
    assert again.responses[0]["order_number"] == "A-22"
    assert await all_of(sessions, stage.one) == one
    assert await all_of(sessions, stage.other) != other


@every_change
async def test_a_repeated_yes_changes_once_and_answers_alike(
    sessions: SessionFactory, parts: Parts, change: Change
) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)
    await change.begins(talk)
    slots, yes = dict(talk.slots), uuid4()

    first = await talk.says("yes", "affirm", message=yes)
    after = await all_of(sessions, stage.one)
    talk.slots = slots
    again = await talk.says("yes", "affirm", message=yes)

    assert (again.names, again.events) == (first.names, first.events)
    assert await all_of(sessions, stage.one) == after
    assert await events(sessions) == [change.event]


@every_change
async def test_an_order_that_has_left_stays_as_it_is_and_a_person_is_offered(
    sessions: SessionFactory, parts: Parts, change: Change
) -> None:
    stage = await staged(sessions)
    await leaves(sessions, stage.one)
    before = await all_of(sessions, stage.one)

    late = await change.begins(Dialogue(parts, stage.hers))

    assert late.names[0].endswith("_too_late")
    assert late.slots["question"] == "person"
    assert late.slots["errands"] is None
    assert await all_of(sessions, stage.one) == before


@every_change
async def test_an_order_that_leaves_before_the_yes_stays_as_it_is(
    sessions: SessionFactory, parts: Parts, change: Change
) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)
    await change.begins(talk)
    await leaves(sessions, stage.one)
    before = await all_of(sessions, stage.one)

    late = await talk.says("yes", "affirm")

    assert late.names[0].endswith("_too_late")
    assert await all_of(sessions, stage.one) == before
    assert await events(sessions) == []


@every_change
async def test_somebody_elses_order_is_not_found(
    sessions: SessionFactory, parts: Parts, change: Change
) -> None:
    stage = await staged(sessions)
    ben = a_customer(number="C-2", email="ben@example.com")
    theirs = an_order(ben, number="A-9", titles=("Rigoletto", "Aida"))
    await kept(sessions, ben, theirs)
    before = await all_of(sessions, theirs)

    heard = await change.begins(Dialogue(parts, stage.hers), "A-9")

    assert heard.names[0] == "utter_order_not_found"
    assert await all_of(sessions, theirs) == before


@every_change
async def test_a_stranger_proves_who_they_are_first(
    sessions: SessionFactory, parts: Parts, change: Change
) -> None:
    stage = await staged(sessions)
    stranger = a_conversation()
    await kept(sessions, stranger)
    before = await all_of(sessions, stage.one)

    asked = await change.begins(Dialogue(parts, stranger))

    assert asked.followup == "verification_form"
    assert await all_of(sessions, stage.one) == before
