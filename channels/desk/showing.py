"""The whole story as the page reads it."""

from collections.abc import Collection
from uuid import UUID

from channels.desk.frames import leg_frame, message_frame
from channels.desk.show_brief import (
    show_brief,
    show_case,
    show_deed,
    show_form,
    show_heard,
)
from channels.desk.show_customer import (
    show_customer,
    show_interest,
    show_order,
    show_return,
)
from channels.desk.show_suggestions import show_suggested
from channels.desk.story import Story
from channels.desk.takeover import shown_slots
from crm_store.agents.card_repository import Earlier
from crm_store.agents.story_repository import ActionRun
from crm_store.base import Json
from crm_store.handoffs.models import Handoff
from crm_store.recordings.models import CallRecording

SUMMARY = 160


def show(story: Story) -> Json:
    """Return the story in the words of the desk's protocol."""
    handoffs = [_handoff(handoff, story) for handoff in story.handoffs]
    still_open = [shown for shown in handoffs if shown["ended_at"] is None]
    return {
        "conversation": _conversation(story),
        "brief": show_brief(story.known),
        "form": show_form(story.known.form),
        "countries": story.countries,
        "handoff": still_open[-1] if still_open else None,
        "handoffs": handoffs,
        "messages": [message_frame(message, story.names) for message in story.messages],
        "customer": show_customer(story),
        "interests": [show_interest(interest) for interest in story.interests],
        "orders": [show_order(order) for order in story.known.orders],
        "cases": [show_case(case) for case in story.known.cases],
        "returns": [show_return(one) for one in story.returns],
        "suggestions": [show_suggested(one, story.conversation) for one in story.suggested],
        "understood": [show_heard(one) for one in story.known.heard if one.intent is not None],
        "happened": [show_deed(deed) for deed in story.known.deeds],
        "done": [_run(run) for run in story.runs],
        "recording": _recording(story.recording),
        "earlier": [_earlier(before, story.recorded) for before in story.earlier],
        "legs": [leg_frame(leg, story.names) for leg in story.legs],
    }


def _conversation(story: Story) -> Json:
    conversation = story.conversation
    return {
        "id": str(conversation.id),
        "channel": conversation.medium,
        "language": conversation.language,
        "handler": conversation.handler,
        "epoch": conversation.epoch,
        "opened_at": conversation.created_at.isoformat(),
        "closed_at": conversation.closed_at and conversation.closed_at.isoformat(),
        "agent": story.names.get(conversation.agent_id),
        "agent_id": conversation.agent_id and str(conversation.agent_id),
        "slots": shown_slots(conversation.slots),
        "level": conversation.current_level(story.known.at).name,
        "verified_how": conversation.level_how,
        "outcome": conversation.outcome,
        "rating": conversation.rating,
        "last": conversation.last_seq,
    }


def _handoff(handoff: Handoff, story: Story) -> Json:
    said = {message.seq: message.text for message in story.messages}
    return {
        "reason": handoff.reason,
        "note": handoff.note,
        "department": handoff.department,
        "wanted_agent": story.names.get(handoff.wanted_agent_id),
        "trigger": {"seq": handoff.trigger_seq, "text": said.get(handoff.trigger_seq, "")},
        "signs": handoff.signs,
        "requested_at": handoff.created_at.isoformat(),
        "claimed_at": handoff.claimed_at and handoff.claimed_at.isoformat(),
        "agent": story.names.get(handoff.agent_id),
        "ended_at": handoff.ended_at and handoff.ended_at.isoformat(),
        "outcome": handoff.outcome,
        "outcome_note": handoff.outcome_note,
        "code": handoff.code,
    }


def _run(run: ActionRun) -> Json:
    return {
        "seq": run.seq,
        "action": run.action,
        "at": run.at.isoformat(),
        "result": run.result,
    }


def _recording(recording: CallRecording | None) -> Json | None:
    if recording is None:
        return None
    return {
        "state": recording.state,
        "answered_at": recording.answered_at and recording.answered_at.isoformat(),
        "seconds": recording.seconds,
    }


def _earlier(before: Earlier, recorded: Collection[UUID]) -> Json:
    return {
        "id": str(before.conversation.id),
        "channel": before.conversation.channel,
        "opened_at": before.conversation.created_at.isoformat(),
        "summary": before.summary[:SUMMARY],
        "outcome": before.conversation.outcome,
        "recorded": before.conversation.id in recorded,
        "seen_by": before.seen_by,
    }
