"""Writes the brief from what is known. Pure: nothing is said that is not on record."""

from collections.abc import Iterator, Sequence

from crm_store.briefs.known import Heard, Known
from crm_store.briefs.models import (
    CARD,
    FORM,
    HANDOFF,
    SUGGESTIONS,
    Brief,
    Fact,
    Source,
    SourceKind,
    message,
)
from crm_store.briefs.next_step import next_step
from crm_store.cases.models import CaseState
from crm_store.customers.models import Level
from crm_store.forms.models import YES, Form

PROVED = "customer_verified"
NOT_UNDERSTOOD = "nlu_fallback"
UNTOLD = frozenset(
    {
        *("ask_person", "affirm", "deny", "greet", "thank", "goodbye", "silence", "wait"),
        *("repeat", "slower", "rephrase", "inform", "answer", "identify", "small_talk"),
        *("open_conversation", "return_from_agent", "move_here", "nobody_came", "go_back", "stop"),
        *("go_on_by_phone", "go_on_in_writing", "enter_chat_code", NOT_UNDERSTOOD),
        *("ask_identity", "ask_help", "change_language", "correct", "insult"),
    }
)
"""Meanings that steer the conversation and tell nothing of what the customer wants."""
UNTOLD_DEEDS = frozenset({PROVED, "form_finished", "form_dropped"})
"""What is told as the level, or by the deed itself."""
MOST_DEEDS = 4
LONGEST = 160
"""Letters of the customer's own words; the rest is where the fact leads to."""


def brief_of(known: Known) -> Brief:
    """Return the brief of a conversation."""
    return Brief(
        who=list(_who(known)),
        wants=list(_wants(known)),
        tried=list(_tried(known)) or [Fact("nothing_tried", "", HANDOFF)],
        missing=list(_missing(known)) or [Fact("nothing_missing", "", _form_or_card(known.form))],
        next=[next_step(known, matter_of(known))],
    )


def matter_of(known: Known) -> Heard | None:
    """Return the customer's last words that tell what they want, else those that led here.

    What they have said to a person since is not what brought them.
    """
    heard = [one for one in known.heard if _brought(one, known)]
    in_vain = [one for one in heard if one.intent in {NOT_UNDERSTOOD, None} and one.text]
    return next(reversed(_telling(heard) or in_vain or heard), None)


def _telling(heard: Sequence[Heard]) -> list[Heard]:
    return [one for one in heard if one.intent is not None and one.intent not in UNTOLD]


def _brought(heard: Heard, known: Known) -> bool:
    return known.handoff is None or heard.seq <= known.handoff.trigger_seq


def _who(known: Known) -> Iterator[Fact]:
    customer = known.customer
    yield Fact("stranger", "", CARD) if customer is None else Fact("name", customer.name, CARD)
    level = known.conversation.current_level(known.at)
    if customer is not None or level is not Level.anonymous:
        yield Fact("level", level.name, _proof(known))
    if known.orders:
        latest = Source(SourceKind.order, known.orders[0].number)
        yield Fact("orders", str(len(known.orders)), latest)


def _proof(known: Known) -> Source:
    proofs = [deed.seq for deed in known.deeds if deed.kind == PROVED and deed.seq is not None]
    return message(proofs[-1]) if proofs else CARD


def _wants(known: Known) -> Iterator[Fact]:
    form, matter = known.form, matter_of(known)
    tells = matter is not None and bool(_telling([matter]))
    if form is not None:
        yield Fact("errand", form.title, FORM)
        yield from _order_of(form)
    elif matter is not None and tells:
        yield Fact("errand", str(matter.intent), message(matter.seq))
    if matter is not None and (tells or form is None):
        yield Fact("words", matter.text[:LONGEST], message(matter.seq))
    if form is None and matter is None:
        yield Fact("unsaid", "", HANDOFF)


def _order_of(form: Form) -> Iterator[Fact]:
    number = form.given.get("order")
    if number:
        yield Fact("order", str(number), Source(SourceKind.order, str(number)))


def _tried(known: Known) -> Iterator[Fact]:
    deeds = [deed for deed in known.deeds if deed.kind not in UNTOLD_DEEDS]
    for deed in deeds[-MOST_DEEDS:]:
        yield Fact(f"did:{deed.kind}", deed.ref, HANDOFF if deed.seq is None else message(deed.seq))
    in_vain = [one.seq for one in known.heard if one.intent == NOT_UNDERSTOOD]
    if in_vain:
        yield Fact("misunderstood", str(len(in_vain)), message(in_vain[-1]))
    if known.suggested:
        yield Fact("suggested", str(known.suggested), SUGGESTIONS)


def _missing(known: Known) -> Iterator[Fact]:
    form = known.form
    level = known.conversation.current_level(known.at)
    if form is not None and (form.unproved or level < Level.verified):
        yield Fact("proof", "", CARD)
    for name in form.missing if form is not None else ():
        yield Fact("field", name, FORM)
    if form is not None and form.asked == YES:
        yield Fact("yes", "", FORM)
    for case in known.cases:
        if case.state is not CaseState.closed:
            yield Fact("answer", case.number, Source(SourceKind.case, case.number))


def _form_or_card(form: Form | None) -> Source:
    return CARD if form is None else FORM
