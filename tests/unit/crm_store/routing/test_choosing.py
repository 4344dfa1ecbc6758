"""Which free agent is asked."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from crm_store.base import Language
from crm_store.routing.choosing import Free, Waits, best_for
from tests.builders import NOW

pytestmark = pytest.mark.unit

MIA, TOM = uuid4(), uuid4()


def free(
    agent: UUID,
    *,
    skills: str = "",
    languages: str = "",
    load: int = 0,
    chats: bool = True,
    calls: bool = True,
    idle: int = 0,
) -> Free:
    idle_since = NOW - timedelta(minutes=idle)
    held = frozenset(skills.split()), frozenset(languages.split())
    return Free(agent, *held, load, chats, calls, idle_since)


def waits(
    department: str | None = None,
    language: Language = Language.de,
    *,
    by_phone: bool = False,
    wide: bool = False,
    wanted: UUID | None = None,
    last: UUID | None = None,
    let_pass: dict[UUID, int] | None = None,
    not_now: frozenset[UUID] = frozenset(),
) -> Waits:
    return Waits(department, language, by_phone, wide, wanted, last, let_pass or {}, not_now)


@pytest.mark.parametrize(
    ("customer", "agents", "asked"),
    [
        (waits(), [free(MIA, idle=1), free(TOM, idle=5)], TOM),
        (waits(), [free(MIA, load=1, idle=9), free(TOM)], TOM),
        (waits(last=MIA), [free(MIA, load=2), free(TOM)], MIA),
        (waits(wanted=TOM, last=MIA), [free(MIA), free(TOM, load=1)], TOM),
        (waits("billing"), [free(MIA, skills="returns"), free(TOM, skills="billing", load=2)], TOM),
        (waits("billing"), [free(MIA), free(TOM, skills="returns")], MIA),
        (
            waits(language=Language.en),
            [free(MIA, languages="de"), free(TOM, languages="de en")],
            TOM,
        ),
        (waits(language=Language.en), [free(MIA, languages="de")], None),
        (waits(language=Language.en, wide=True), [free(MIA, languages="de")], MIA),
        (waits(by_phone=True), [free(MIA, calls=False), free(TOM, chats=False)], TOM),
        (waits(by_phone=True, wide=True), [free(MIA, calls=False)], None),
        (waits(let_pass={MIA: 1}, last=MIA), [free(MIA), free(TOM, load=2)], TOM),
        (waits(let_pass={MIA: 1}), [free(MIA)], MIA),
        (waits(not_now=frozenset({MIA}), wide=True), [free(MIA)], None),
        (waits(), [], None),
    ],
)
def test_who_is_asked(customer: Waits, agents: list[Free], asked: UUID | None) -> None:
    best = best_for(customer, agents)

    assert (best and best.agent_id) == asked
