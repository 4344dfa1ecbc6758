import pytest
from sqlalchemy import select

from actions.complain import ActionComplain
from actions.leave_contact import ActionLeaveContact
from actions.praise import ActionPraise
from actions.wiring import Parts
from actions.write_review import ActionWriteReview
from crm_store.base import Language
from crm_store.cases.models import Case, CaseKind, CaseState
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from tests.builders import a_conversation, a_customer, a_tracker, an_order
from tests.integration.actions.conftest import Play, kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

(COMPLAIN,) = ActionComplain.intents
RUDE = "Your driver shouted at my mother this morning"


async def with_ana(
    sessions: SessionFactory, *, level: Level = Level.verified, language: Language = Language.en
) -> Conversation:
    ana = a_customer()
    hers = a_conversation(of=ana, level=level, language=language)
    await kept(sessions, ana, hers, an_order(ana, number="A-17"))
    return hers


async def cases(sessions: SessionFactory) -> list[Case]:
    async with sessions() as session:
        return list((await session.scalars(select(Case).order_by(Case.number))).all())


async def test_a_complaint_is_written_down_with_a_number_and_a_promise(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers = await with_ana(sessions, language=Language.de)
    talk = Dialogue(parts, hers)

    heard = await talk.says(RUDE, COMPLAIN)

    (case,) = await cases(sessions)
    assert (case.kind, case.text, case.customer_id) == (
        CaseKind.complaint,
        RUDE,
        hers.customer_id,
    )
    assert heard.names == ["utter_complaint_recorded", "utter_complaint_person"]
    assert heard.responses[0]["case_number"] == case.number
    assert heard.responses[0]["promised"] == "Dienstag, 24. November, 13 Uhr"
    assert heard.slots["question"] == "person"


async def test_a_complaint_that_says_nothing_is_asked_about(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await with_ana(sessions))

    asked = await talk.says("This is a disgrace!", COMPLAIN)
    told = await talk.says("nobody has answered my letters since May", "small_talk")

    assert asked.names == ["utter_complaint_what"]
    assert told.names[0] == "utter_complaint_recorded"
    (case,) = await cases(sessions)
    assert case.text == "This is a disgrace!\nnobody has answered my letters since May"


async def test_a_second_complaint_adds_to_the_first(sessions: SessionFactory, parts: Parts) -> None:
    talk = Dialogue(parts, await with_ana(sessions))
    await talk.says(RUDE, COMPLAIN)

    again = await talk.says("Outrageous!", COMPLAIN)

    (case,) = await cases(sessions)
    assert case.text == f"{RUDE}\nOutrageous!"
    assert again.names == ["utter_complaint_added", "utter_complaint_person"]


async def test_after_a_closed_case_a_complaint_is_a_new_one(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await with_ana(sessions))
    await talk.says(RUDE, COMPLAIN)
    async with sessions.begin() as session:
        (await session.scalars(select(Case))).one().state = CaseState.closed

    await talk.says("And today he threw the parcel over the fence", COMPLAIN)

    assert len(await cases(sessions)) == 2


async def test_the_order_last_spoken_of_goes_along(sessions: SessionFactory, parts: Parts) -> None:
    talk = Dialogue(parts, await with_ana(sessions))
    talk.slots["order_number"] = "A-17"

    await talk.says(RUDE, COMPLAIN)

    (case,) = await cases(sessions)
    assert case.order_id is not None


@pytest.mark.parametrize("level", [Level.anonymous, Level.claimed])
async def test_an_order_of_nobody_in_particular_does_not(
    sessions: SessionFactory, parts: Parts, level: Level
) -> None:
    talk = Dialogue(parts, await with_ana(sessions, level=level))
    talk.slots["order_number"] = "A-17"

    await talk.says(RUDE, COMPLAIN)

    (case,) = await cases(sessions)
    assert case.order_id is None


async def test_whoever_is_unknown_is_asked_where_to_answer(
    sessions: SessionFactory, parts: Parts
) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)
    talk = Dialogue(parts, somebody)

    heard = await talk.says(RUDE, COMPLAIN)
    asked = await talk.run(ActionLeaveContact, RUDE, intent=COMPLAIN)
    noted = await talk.says("ben@example.com", "inform", email="ben@example.com")

    assert (heard.names, heard.followup) == (["utter_complaint_recorded"], "action_leave_contact")
    assert asked.names == ["utter_reach_ask"]
    assert noted.names == ["utter_reach_noted"]
    assert noted.slots["question"] == "person"
    (case,) = await cases(sessions)
    assert (case.reply_to, case.customer_id) == ("ben@example.com", None)


async def test_a_complaint_stays_where_no_answer_is_wanted(
    sessions: SessionFactory, parts: Parts
) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)
    talk = Dialogue(parts, somebody)
    await talk.says(RUDE, COMPLAIN)
    await talk.run(ActionLeaveContact, RUDE, intent=COMPLAIN)

    left = await talk.says("no", "deny")

    assert left.names == ["utter_reach_untold"]
    assert left.slots["errands"] is None
    assert len(await cases(sessions)) == 1


async def test_whoever_does_not_want_to_tell_is_left_in_peace(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await with_ana(sessions))
    await talk.says("I want to complain", COMPLAIN)

    left = await talk.says("no", "deny")

    assert left.names == ["utter_complaint_untold"]
    assert await cases(sessions) == []


async def test_praise_is_written_down_and_may_become_a_review(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await with_ana(sessions)
    words = "The lady on the phone was incredibly kind"

    heard = await play(ActionPraise, a_tracker(hers, words, intent="praise"))

    assert heard.names == ["utter_praise"]
    assert heard.slots["offered"] == {
        "errand": ActionWriteReview.action_name,
        "given": {"text": words},
    }
    assert heard.slots["question"] == "offer"
    async with sessions() as session:
        assert (await session.scalars(select(Event.kind))).all() == ["praised"]


async def test_praise_in_the_middle_of_something_offers_nothing_new(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await with_ana(sessions)
    under_way = [{"errand": "action_cancel_order", "given": {}}]

    heard = await play(ActionPraise, a_tracker(hers, "great", intent="praise", errands=under_way))

    assert (heard.names, heard.slots) == (["utter_praise_between"], {})
