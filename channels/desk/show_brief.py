"""What an agent reads first, as the page reads it: the brief, the form, the cases."""

from dataclasses import fields

from crm_store.base import Json
from crm_store.briefs.known import Deed, Heard, Known
from crm_store.briefs.models import Fact
from crm_store.briefs.writing import brief_of
from crm_store.cases.models import Case
from crm_store.forms.models import Form


def show_brief(known: Known) -> Json:
    """Show the five lines, each a list of facts."""
    written = brief_of(known)
    return {
        line.name: [_fact(fact) for fact in getattr(written, line.name)] for line in fields(written)
    }


def _fact(fact: Fact) -> Json:
    return {
        "what": fact.what,
        "value": fact.value,
        "source": {"kind": fact.source.kind, "ref": fact.source.ref},
    }


def show_form(form: Form | None) -> Json | None:
    """Show what was left open, as far as it came."""
    if form is None:
        return None
    return {
        "title": form.title,
        "given": form.given,
        "missing": form.missing,
        "unproved": form.unproved,
    }


def show_deed(deed: Deed) -> Json:
    """Show something that was done, and the message that led to it."""
    return {"kind": deed.kind, "ref": deed.ref, "seq": deed.seq, "at": deed.at.isoformat()}


def show_heard(heard: Heard) -> Json:
    """Show what a message was taken to mean, and how surely."""
    return {"seq": heard.seq, "intent": heard.intent, "confidence": heard.confidence}


def show_case(case: Case) -> Json:
    """Show a matter that somebody must see to."""
    return {
        "id": str(case.id),
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "text": case.text,
        "reply_to": case.reply_to,
        "agent_id": case.agent_id and str(case.agent_id),
        "tags": case.tags,
        "opened_at": case.created_at.isoformat(),
        "due_at": case.promised_by.isoformat(),
        "closed_at": case.closed_at and case.closed_at.isoformat(),
    }
