"""The five lines that an agent reads first."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from crm_store.base import Language
from crm_store.briefs.known import Deed, Heard, Known
from crm_store.briefs.models import CARD, FORM, Fact, Line, Source, SourceKind, message
from crm_store.briefs.writing import LONGEST, brief_of
from crm_store.cases.models import Case, CaseKind, CaseState
from crm_store.customers.models import Customer, Level
from crm_store.forms.models import Form
from crm_store.handoffs.models import Handoff, Reason
from tests.builders import NOW, a_conversation, a_customer, an_order

pytestmark = pytest.mark.unit

A_RETURN = Form("action_return_item", {"order": "A-17"}, asked="line")
ORDER = Source(SourceKind.order, "A-17")


def known(
    of: Customer | None = None, *, level: Level = Level.verified, reason: Reason = Reason.asked
) -> Known:
    conversation = a_conversation(of=of, level=level if of else Level.anonymous)
    return Known(
        at=NOW,
        conversation=conversation,
        customer=of,
        handoff=Handoff(reason=reason, trigger_seq=5, language=Language.en),
        form=None,
        heard=[],
        deeds=[],
        orders=[],
        cases=[],
        suggested=0,
    )


def a_case(number: str, *, hours: int, state: CaseState = CaseState.open) -> Case:
    return Case(
        id=uuid4(),
        number=number,
        kind=CaseKind.complaint,
        state=state,
        promised_by=NOW + timedelta(hours=hours),
    )


def said(line: Line) -> list[tuple[str, str]]:
    return [(fact.what, fact.value) for fact in line]


def test_who_it_is_and_where_they_proved_it() -> None:
    ana = a_customer()
    proved = Deed("customer_verified", "", 4, NOW)

    brief = brief_of(replace(known(ana), deeds=[proved], orders=[an_order(ana)]))

    assert said(brief.who) == [("name", ana.name), ("level", "verified"), ("orders", "1")]
    assert [fact.source for fact in brief.who][:2] == [CARD, message(4)]


def test_of_a_stranger_nothing_is_made_up() -> None:
    brief = brief_of(known())

    assert said(brief.who) == [("stranger", "")]
    assert said(brief.wants) == [("unsaid", "")]
    assert said(brief.tried) == [("nothing_tried", "")]
    assert said(brief.missing) == [("nothing_missing", "")]
    assert said(brief.next) == [("ask_what", "")]


def test_what_was_begun_is_what_they_want() -> None:
    heard = [Heard(2, "I want to send Aida back", "return_item"), Heard(3, "Agent!", "ask_person")]

    brief = brief_of(replace(known(a_customer()), form=A_RETURN, heard=heard))

    assert brief.wants == [
        Fact("errand", "return_item", FORM),
        Fact("order", "A-17", ORDER),
        Fact("words", "I want to send Aida back", message(2)),
    ]
    assert brief.missing == [Fact("field", "line", FORM)]
    assert brief.next == [Fact("ask_for", "line", FORM)]


def test_a_wish_for_a_person_alone_tells_nothing_of_the_matter() -> None:
    heard = [
        Heard(1, "Where is my parcel?", "ask_order_status"),
        Heard(2, "A person", "ask_person"),
    ]

    brief = brief_of(replace(known(), heard=heard))

    assert said(brief.wants) == [
        ("errand", "ask_order_status"),
        ("words", "Where is my parcel?"),
    ]
    assert brief.next == [Fact("answer_words", "", message(1))]


def test_what_was_not_understood_is_quoted_and_counted() -> None:
    heard = [Heard(1, "Blorb", "nlu_fallback"), Heard(3, "Blorb!", "nlu_fallback")]

    brief = brief_of(replace(known(reason=Reason.not_understood), heard=heard))

    assert said(brief.wants) == [("words", "Blorb!")]
    assert brief.tried == [Fact("misunderstood", "2", message(3))]


def test_what_is_said_to_a_person_is_not_what_brought_them() -> None:
    heard = [Heard(5, "A person, please", "ask_person"), Heard(9, "Hello Mia", None)]

    unknown, open_form = (
        brief_of(replace(known(a_customer()), heard=heard, form=form)) for form in (None, A_RETURN)
    )

    assert said(unknown.wants) == [("words", "A person, please")]
    assert said(open_form.wants) == [("errand", "return_item"), ("order", "A-17")]


def test_long_words_are_cut_for_the_rest_is_where_they_lead_to() -> None:
    brief = brief_of(replace(known(), heard=[Heard(1, "a" * 500, "complain")]))

    assert len(brief.wants[-1].value) == LONGEST


def test_what_was_done_leads_to_the_message_it_was_done_for() -> None:
    deeds = [Deed("customer_verified", "", 2, NOW), Deed("order_cancelled", "A-17", 6, NOW)]

    brief = brief_of(replace(known(a_customer()), deeds=deeds, suggested=2))

    assert said(brief.tried) == [("did:order_cancelled", "A-17"), ("suggested", "2")]
    assert brief.tried[0].source == message(6)


def test_without_a_proof_the_proof_comes_first() -> None:
    brief = brief_of(replace(known(a_customer(), level=Level.claimed), form=A_RETURN))

    assert said(brief.missing) == [("proof", ""), ("field", "line")]
    assert brief.next == [Fact("verify", "", CARD)]


def test_a_form_that_is_complete_is_to_be_finished() -> None:
    form = Form("action_return_item", {"order": "A-17", "line": "R-1"}, asked="yes")

    brief = brief_of(replace(known(a_customer()), form=form))

    assert said(brief.missing) == [("yes", "")]
    assert said(brief.next) == [("finish", "return_item")]


def test_the_case_that_is_due_first_is_answered_first() -> None:
    cases = [
        a_case("K-2", hours=20),
        a_case("K-1", hours=2),
        a_case("K-0", hours=1, state=CaseState.closed),
    ]

    brief = brief_of(replace(known(), cases=cases))

    assert said(brief.missing) == [("answer", "K-2"), ("answer", "K-1")]
    assert said(brief.next) == [("answer_case", "K-1")]


def test_what_the_assistant_could_not_do_a_person_does() -> None:
    heard = [Heard(1, "Cancel it", "cancel_order")]

    brief = brief_of(replace(known(reason=Reason.action_failed), heard=heard))

    assert brief.next == [Fact("do_yourself", "", message(1))]


@pytest.mark.parametrize("reason", [Reason.distress, Reason.vulnerable])
def test_somebody_in_need_comes_before_every_matter(reason: Reason) -> None:
    brief = brief_of(replace(known(a_customer(), reason=reason), form=A_RETURN))

    assert brief.next == [Fact("care", "", message(5))]
