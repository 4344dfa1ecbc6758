"""No repository tells or changes anything personal for whoever has not proved who they are."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from enum import Enum
from typing import Any, get_origin, get_type_hints
from uuid import UUID, uuid4

import pytest

import crm_store
from crm_store.conversations.models import Conversation
from crm_store.customers.models import CodePurpose, Level
from crm_store.db import SessionFactory
from crm_store.errors import LevelTooLow
from tests.builders import NOW, a_conversation, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

NOT_FOR_CUSTOMERS = {
    "AgentRepository": "the desk's people",
    "AgentSessionRepository": "the desk's people",
    "AnsweredRepository": "what webhooks were answered, for the phone company",
    "AuditRepository": "who has looked at what, for whoever checks it",
    "BoardRepository": "counts for supervisors, behind their right",
    "CallRepository": "what the line has answered, by the call that it is in",
    "CannedReplyRepository": "the shop's own wordings",
    "CardRepository": "demands an agent",
    "CatalogueRepository": "what everybody may see",
    "ClaimRepository": "whom a claim fits, which is told to nobody",
    "CodeRepository": "counts and hashes",
    "ConversationRepository": "the record of the very conversation",
    "DemoRepository": "invented people",
    "DraftRepository": "demands an agent",
    "DutyRepository": "the desk's people",
    "EffectRepository": "what an action has answered to the very message",
    "HandoffRepository": "the record of the very conversation",
    "ImportRepository": "the shop's own files",
    "JoinedRepository": "colleagues beside the very conversation, for the desk",
    "LegRepository": "the telephones of the very conversation",
    "LikenessRepository": "demands an agent",
    "LoginAttemptRepository": "the desk's people",
    "MannersRepository": "tells the suggester alone what to leave out",
    "NameRepository": "what the line listens for, which it tells nobody",
    "OfferRepository": "who is rung for the very conversation, for the desk",
    "OutboxRepository": "goes to contacts, never into a conversation",
    "PassageRepository": "counts and hashes",
    "PolicyRepository": "what the shop has decided",
    "QueueRepository": "for the desk, behind the right to serve",
    "RecordingRepository": "the sound of the very conversation, for the desk",
    "ReportRepository": "counts, and names nobody",
    "SearchRepository": "for the desk, behind the right to serve",
    "ShowingRepository": "writes down what was bought, and tells nothing",
    "SpaceRepository": "what everybody may see",
    "StoryRepository": "demands an agent",
    "SuggestionRepository": "ranks by the customer whom the suggester has found proved",
    "TurnRepository": "the record of the very conversation",
    "VectorRepository": "what everybody may see",
    "WorthRepository": "demands an agent",
}
"""Whole repositories that no action tells a customer from, each with what keeps it apart."""
OPEN = {
    "AccountRepository.open": "the new customer proves the address by a code",
    "CallbackRepository.ask": "anybody may be called back",
    "CallbackRepository.conversation_of": "for the job that makes the call",
    "CallbackRepository.withdraw": "takes back what this conversation has asked for",
    "CaseRepository.add_to": "adds words to a case of this conversation",
    "CaseRepository.open": "anybody may open a case",
    "ConsentRepository.allow_recording": "whoever calls decides about the very call",
    "ConsentRepository.subscribe": "the address proves itself by a code",
    "ConsentRepository.unsubscribe": "must be easy, and tells nothing",
    "EventRepository.count": "counts what happened in this conversation",
    "EventRepository.has_recorded": "tells what happened in this conversation",
    "EventRepository.latest": "tells what happened in this conversation",
    "EventRepository.of_kinds": "tells what happened in this conversation",
    "EventRepository.record": "writes down what happened in this conversation",
    "InterestRepository.never": "what somebody dislikes is theirs once they are proved",
    "InterestRepository.never_by": "what somebody dislikes is theirs once they are proved",
    "InterestRepository.state": "what somebody likes is theirs once they are proved",
    "ReviewRepository.of_shop": "anybody may say how the shop was",
    "ShopLoginRepository.prove": "is the proof",
    "VoucherRepository.demand_tries": "counts guesses in this conversation",
    "VoucherRepository.missed": "counts guesses in this conversation",
    "WatchRepository.watch": "anybody may be told when something is back",
}
"""What takes a conversation and asks for no proof, each with the reason."""
FOR_THE_SHOP_ITSELF = {
    "AccountRepository.contact_level": "a policy",
    "CallbackRepository.add_attempt": "writes down, and tells nothing",
    "CallbackRepository.due": "for the job that makes the calls",
    "CallbackRepository.first_free": "an hour",
    "CallbackRepository.hold": "a lock",
    "CallbackRepository.lock": "for the job that makes the calls, and the desk",
    "CallbackRepository.lock_attempt": "for the job that makes the calls",
    "CallbackRepository.open": "for the desk",
    "CallbackRepository.silent": "for the job that makes the calls",
    "CaseRepository.due": "for the desk",
    "CaseRepository.in_conversation": "a case of the very conversation",
    "CaseRepository.lock": "for the desk",
    "ConsentRepository.move_newsletter": "goes with a contact that was proved",
    "ConsentRepository.newsletter_goes_to": "for whoever sends it",
    "ConsentRepository.open_to_suggestions": "for whoever is about to offer something",
    "ConsentRepository.present": "for whoever is about to write or to call",
    "EventRepository.last_viewed": "for whoever is about to suggest something like it",
    "ErasureRepository.customer_numbered": "for the command line",
    "ErasureRepository.due": "for the job that fulfils it",
    "ErasureRepository.forget": "for the command line",
    "ErasureRepository.fulfil": "for the job that fulfils it",
    "ErasureRepository.level": "a policy",
    "EventRepository.has_caused": "tells whether a message was acted on before",
    "EventRepository.note": "writes down, and tells nothing",
    "InterestRepository.latest_stated": "said in the very conversation",
    "InterestRepository.all_current": "for the desk",
    "InterestRepository.current": "for the ranking",
    "InterestRepository.learn_from_orders": "writes down, and tells nothing",
    "InterestRepository.observe": "writes down, and tells nothing",
    "InterestRepository.remove_expired": "for the job that does it",
    "InterestRepository.pass_to_customer": "goes with a proof",
    "ReferralRepository.add": "writes down, and tells nothing",
    "ReferralRepository.came_before": "for the job that rewards it",
    "ReferralRepository.find": "whoever has the code was given it",
    "ReferralRepository.hold": "a lock",
    "ReferralRepository.is_first": "for the job that rewards it",
    "RefundRepository.add": "writes down, and tells nothing",
    "ReturnRepository.add": "writes down, and tells nothing",
    "ReturnRepository.terms": "of an order that was found with a proof",
    "ShopLoginRepository.customer_of": "for the proof itself",
    "ValueRepository.kept": "for the rules by which people are passed on",
    "ValueRepository.of_order": "for the rules by which people are passed on",
    "VoucherRepository.find": "whoever has the code was given it",
    "VoucherRepository.issue": "writes down, and tells nothing",
    "WatchRepository.send": "goes to the contact that asked for it",
    "WatchRepository.waiting_for": "for the job that tells them",
}
"""What takes no conversation, so that no level can be asked for, each with whom it is for."""


def repositories() -> Iterator[type]:
    for module in pkgutil.walk_packages(crm_store.__path__, "crm_store."):
        if ".migrations." in module.name:
            continue
        for name, found in vars(importlib.import_module(module.name)).items():
            mine = inspect.isclass(found) and found.__module__ == module.name
            if mine and name.endswith("Repository") and name not in NOT_FOR_CUSTOMERS:
                yield found


def functions() -> Iterator[tuple[str, type, Callable[..., Any]]]:
    for repository in repositories():
        for name, function in vars(repository).items():
            if not name.startswith("_") and inspect.isfunction(function):
                yield f"{repository.__name__}.{name}", repository, function


def of_a_conversation(function: Callable[..., Any]) -> bool:
    return Conversation in get_type_hints(function).values()


EVERY = {name: (repository, function) for name, repository, function in functions()}
PRIVATE = [name for name, (_, run) in EVERY.items() if of_a_conversation(run) and name not in OPEN]


def test_what_takes_no_conversation_says_whom_it_is_for() -> None:
    without = {name for name, (_, run) in EVERY.items() if not of_a_conversation(run)}

    assert without == set(FOR_THE_SHOP_ITSELF)


def test_what_needs_no_proof_exists() -> None:
    assert set(OPEN) <= set(EVERY)


@pytest.mark.parametrize("level", [Level.anonymous, Level.claimed], ids=lambda level: level.name)
@pytest.mark.parametrize("name", PRIVATE)
async def test_what_is_personal_needs_a_proof(
    sessions: SessionFactory, name: str, level: Level
) -> None:
    ana = a_customer()
    stranger = a_conversation(of=ana if level else None, level=level)
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        session.add(stranger)
    repository, function = EVERY[name]

    async with sessions() as session:
        with pytest.raises(LevelTooLow):
            await function(repository(session), **arguments(function, stranger))


@pytest.mark.parametrize("name", PRIVATE)
async def test_a_proof_that_has_lapsed_is_none(sessions: SessionFactory, name: str) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.strong)
    hers.level_seen_at = NOW.replace(year=NOW.year - 1)
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        session.add(hers)
    repository, function = EVERY[name]

    async with sessions() as session:
        with pytest.raises(LevelTooLow):
            await function(repository(session), **arguments(function, hers))


def arguments(function: Callable[..., Any], conversation: Conversation) -> dict[str, Any]:
    """Return something for each argument that has to be given: the level is asked for first."""
    hints = get_type_hints(function)
    return {
        name: conversation if hints[name] is Conversation else something(hints[name])
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "self" and parameter.default is inspect.Parameter.empty
    }


def something(kind: Any) -> Any:
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return next(iter(kind))
    plain = {datetime: NOW, UUID: uuid4(), str: "x", int: 1, bool: True}
    return plain.get(kind, [] if get_origin(kind) is Collection else CodePurpose)
