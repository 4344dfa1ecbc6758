"""What is best done next: the first rule that fits what is known. Pure."""

from crm_store.briefs.known import Heard, Known
from crm_store.briefs.models import CARD, FORM, HANDOFF, Fact, Source, SourceKind, message
from crm_store.cases.models import CaseState
from crm_store.customers.models import Level
from crm_store.forms.models import Form
from crm_store.handoffs.models import Reason

IN_NEED = frozenset({Reason.distress, Reason.vulnerable})
BROKEN = frozenset({Reason.bot_failed, Reason.action_failed})


def next_step(known: Known, matter: Heard | None) -> Fact:
    """Return the one step that the facts ask for."""
    return (
        _about_person(known)
        or _about_form(known, known.form)
        or _about_case(known)
        or _about_failure(known, matter)
        or _about_words(known, matter)
    )


def _about_person(known: Known) -> Fact | None:
    handoff = known.handoff
    if handoff is None or handoff.reason not in IN_NEED:
        return None
    return Fact("care", "", message(handoff.trigger_seq))


def _about_form(known: Known, form: Form | None) -> Fact | None:
    if form is None:
        return None
    if known.conversation.current_level(known.at) < Level.verified:
        return Fact("verify", "", CARD)
    if form.missing:
        return Fact("ask_for", form.missing[0], FORM)
    return Fact("finish" if form.kind is not None else "take_up", form.title, FORM)


def _about_case(known: Known) -> Fact | None:
    due = [case for case in known.cases if case.state is not CaseState.closed]
    if not due:
        return None
    first = min(due, key=lambda case: case.promised_by)
    return Fact("answer_case", first.number, Source(SourceKind.case, first.number))


def _about_failure(known: Known, matter: Heard | None) -> Fact | None:
    if known.handoff is None or known.handoff.reason not in BROKEN:
        return None
    return Fact("do_yourself", "", HANDOFF if matter is None else message(matter.seq))


def _about_words(known: Known, matter: Heard | None) -> Fact:
    if matter is not None:
        return Fact("answer_words", "", message(matter.seq))
    return Fact("ask_what", "", HANDOFF)
