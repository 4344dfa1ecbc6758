import pytest

from crm_store.agents.models import Agent
from crm_store.agents.naming import agent_named

pytestmark = pytest.mark.unit

MIA = Agent(login="mia", name="Mia Berger", password_hash="")
TOM = Agent(login="tom", name="Tom Kaiser", password_hash="")
OTHER_MIA = Agent(login="mia2", name="Mia Falk", password_hash="")


@pytest.mark.parametrize(
    "text", ["Frau Berger bitte", "Is Mia there?", "frau bergr bitte", "Mrs Berger please!"]
)
def test_a_colleague_is_known_by_either_name(text: str) -> None:
    assert agent_named(text, [MIA, TOM]) is MIA


@pytest.mark.parametrize("text", ["a person please", "mit mir reden", "", "Herr Schmidt bitte"])
def test_nobody_is_guessed(text: str) -> None:
    assert agent_named(text, [MIA, TOM]) is None


def test_of_two_of_one_name_the_whole_name_tells() -> None:
    assert agent_named("Mia please", [MIA, OTHER_MIA]) is None
    assert agent_named("Mia Falk please", [MIA, OTHER_MIA]) is OTHER_MIA
