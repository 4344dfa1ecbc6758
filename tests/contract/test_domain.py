"""The bot's files and the actions describe the same bot. Rasa does not check this for us."""

import re
from collections import Counter
from collections.abc import Hashable
from itertools import product
from pathlib import Path
from types import MethodType
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from actions.errand import Errand
from actions.resume_errand import title_of
from bot.wishes import NO_WISH
from channels.phone.wording import sentences
from crm_store.base import Language
from crm_store.strategy.policies import policies

pytestmark = pytest.mark.contract

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]


class OnceOnly(yaml.SafeLoader):
    """Refuses a key that stands twice in one mapping; Rasa then skips the whole file."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        twice = [key for key, times in Counter(keys).items() if times > 1]
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep)


def read(pattern: str) -> list[Json]:
    return [yaml.load(path.read_text(), OnceOnly) for path in sorted(ROOT.glob(pattern))]  # noqa: S506 - a safe one


DOMAIN = read("bot/domain/**/*.yml")
RULES: list[Json] = [rule for part in read("bot/data/rules/*.yml") for rule in part["rules"]]
STEPS: list[Json] = [step for rule in RULES for step in rule["steps"]]
RESPONSES: dict[str, list[Json]] = {
    name: variants for part in DOMAIN for name, variants in part.get("responses", {}).items()
}
SOURCES = "".join(path.read_text() for path in ROOT.glob("actions/**/*.py"))

SAID_BY_CHANNELS = {"open_conversation", "return_from_agent", "move_here", "nobody_came", "silence"}
MADE_BY_RULE = {"answer", "answer_by_email"}
"""Given to words that answer a question of ours, or to a choice that nothing else leads to."""
HEARD_BY_ERRANDS = {"errand"}
RASAS_OWN = {"nlu_fallback"}
PARTS_OF_A_REPLY = {
    *("text", "buttons", "quick_replies", "elements", "attachment", "image", "custom"),
    *("channel", "condition", "id", "response", "template", "metadata"),
}
"""A value of such a name is uttered in place of the words, or lost."""
RASAS_KEYS = {"utter_action"}
"""Under which Rasa keeps the name of what was uttered."""
MOST_WORDS_SPOKEN = 25
MARKUP = re.compile(r"https?:|www\.|[<>*_`#\[\]|]|[\U0001F000-\U0001FAFF\u2190-\u2BFF]")
ENTITY = re.compile(r"\[([^]]+)]\{[^}]+}")
NEVER_SPOKEN = {
    *("utter_code_message", "utter_referral_message"),
    *("utter_return_label_message", "utter_back_in_stock_message"),
    *("utter_contact_code_message", "utter_account_changed_message"),
    *("utter_account_exists_message", "utter_login_link_message"),
    "utter_chat_link_message",
    *("utter_my_data_message", "utter_erasure_message"),
}
"""Goes out by SMS or e-mail, in either channel."""


def declared(key: str) -> list[str]:
    """Everything that the domain's files declare under a key, as often as they do."""
    entries = (entry for part in DOMAIN for entry in part.get(key, ()))
    return [next(iter(entry)) if isinstance(entry, dict) else entry for entry in entries]


def spoken(name: str, language: str, channel: str) -> list[Json]:
    """The variants that Rasa chooses among: those for the channel, else those for any."""
    mine = [variant for variant in RESPONSES[name] if _language(variant) == language]
    return [v for v in mine if v.get("channel") == channel] or [
        v for v in mine if "channel" not in v
    ]


def _language(variant: Json) -> str:
    (condition,) = variant["condition"]
    assert (condition["type"], condition["name"]) == ("slot", "language")
    return str(condition["value"])


LEARNED = set(declared("intents")) - SAID_BY_CHANNELS - MADE_BY_RULE


def registered_actions() -> set[str]:
    executor = ActionExecutor()
    executor.register_package("actions")
    # Tests beside this one make actions of their own, which the executor finds too.
    return {
        name
        for name, run in executor.actions.items()
        if isinstance(run, MethodType) and type(run.__self__).__module__.startswith("actions.")
    }


def test_every_custom_action_has_a_class_and_every_class_an_action() -> None:
    assert registered_actions() == set(declared("actions"))


def test_every_action_of_the_rules_exists() -> None:
    followed = {step["action"] for step in STEPS if "action" in step}

    assert followed <= {*declared("actions"), *declared("forms"), *RESPONSES}


def test_every_intent_leads_somewhere() -> None:
    led = {step["intent"] for step in STEPS if "intent" in step}

    assert led == {*declared("intents"), *RASAS_OWN}


def test_every_question_that_waits_has_an_answer_in_the_rules() -> None:
    slots: Json = {name: slot for part in DOMAIN for name, slot in part.get("slots", {}).items()}
    asked = {
        slot["question"]
        for rule in RULES
        for condition in rule.get("condition", ())
        for slot in condition.get("slot_was_set", ())
        if slot.get("question")
    }

    assert asked == set(slots["question"]["values"]) - HEARD_BY_ERRANDS


def test_every_response_that_is_uttered_exists() -> None:
    uttered = set(re.findall(r'"(utter_\w+)"', SOURCES)) - RASAS_KEYS

    assert uttered <= set(RESPONSES)


def test_every_response_is_of_use() -> None:
    by_actions = set(re.findall(r'"(utter_\w+)"', SOURCES))
    by_rules = {step["action"] for step in STEPS if "action" in step}
    by_turn = set(re.findall(r'"(utter_\w+)"', (ROOT / "bot" / "turn.py").read_text()))
    by_forms = {
        f"utter_ask_{slot}"
        for part in DOMAIN
        for form in part.get("forms", {}).values()
        for slot in form["required_slots"]
    }
    readings = {f"utter_reading_{intent}" for intent in declared("intents")}
    titles = {title_of(action) for action in declared("actions")}
    simply = {f"{name}_simply" for name in RESPONSES}

    known = by_actions | by_rules | by_turn | by_forms | readings | titles | simply
    assert set(RESPONSES) <= known


def test_every_errand_has_a_title_to_come_back_to_it_by() -> None:
    registered_actions()

    assert {
        name
        for name, errand in Errand.known_errands.items()
        if errand.__module__.startswith("actions.") and title_of(name) not in RESPONSES
    } == set()


def test_something_is_offered_only_after_errands_that_there_are() -> None:
    registered_actions()

    after = policies({}).suggestions.unasked_after
    assert {name for name in after if f"action_{name}" not in Errand.known_errands} == set()


def test_whatever_can_be_wished_for_can_be_offered_as_a_reading() -> None:
    wishes = set(declared("intents")) - NO_WISH - SAID_BY_CHANNELS - MADE_BY_RULE

    assert {intent for intent in wishes if f"utter_reading_{intent}" not in RESPONSES} == set()


@pytest.mark.parametrize("name", [name for name in RESPONSES if name.endswith("_simply")])
def test_simpler_words_need_nothing_that_the_usual_ones_did_not(name: str) -> None:
    for language, channel in product(("de", "en"), ("chat", "phone")):
        simple, usual = (
            spoken(said, language, channel)[0] for said in (name, name.removesuffix("_simply"))
        )

        assert _values(simple) <= _values(usual)
        assert _payloads(simple) == []


@pytest.mark.parametrize("key", ["responses", "slots", "intents", "entities", "actions", "forms"])
def test_nothing_is_declared_twice(key: str) -> None:
    # Rasa keeps whichever file os.walk meets first, warns, and validates with exit status 0.
    twice = [name for name, times in Counter(declared(key)).items() if times > 1]

    assert twice == []


def test_no_two_rules_have_one_name() -> None:
    assert [n for n, times in Counter(rule["rule"] for rule in RULES).items() if times > 1] == []


@pytest.mark.parametrize("name", RESPONSES)
def test_a_response_exists_in_both_languages_for_both_channels(name: str) -> None:
    for language, channel in product(("de", "en"), ("chat", "phone")):
        assert len(spoken(name, language, channel)) == 1


@pytest.mark.parametrize("name", RESPONSES)
def test_both_languages_say_the_same_values_and_offer_the_same_choices(name: str) -> None:
    for channel in ("chat", "phone"):
        german, english = (spoken(name, language, channel)[0] for language in ("de", "en"))

        assert _values(german) == _values(english)
        assert _payloads(german) == _payloads(english)


@pytest.mark.parametrize("name", RESPONSES)
def test_no_value_has_a_name_that_rasa_takes_for_a_part_of_the_reply(name: str) -> None:
    for variant in RESPONSES[name]:
        assert not _values(variant) & PARTS_OF_A_REPLY


@pytest.mark.parametrize("name", sorted(RESPONSES.keys() - NEVER_SPOKEN))
def test_what_is_spoken_is_short_and_plain(name: str) -> None:
    for language in ("de", "en"):
        words = spoken(name, language, "phone")[0]["text"]

        assert len(words.split()) <= MOST_WORDS_SPOKEN
        assert not MARKUP.search(re.sub(r"{\w+}", "", words))


@pytest.mark.parametrize(
    ("language", "disclosure"),
    [("de", "KI-Assistent von {shop}"), ("en", "AI assistant of {shop}")],
)
def test_the_first_words_say_in_every_channel_that_an_assistant_is_speaking(
    language: str, disclosure: str
) -> None:
    names = ("utter_open_conversation", "utter_open_conversation_named")
    in_chat = [spoken(name, language, "chat")[0]["text"] for name in names]
    on_phone = sentences(Language(language))["greeting"]

    for words in (*in_chat, on_phone):
        before_the_shops_own, found, _ = words.partition("{greeting}")
        assert found
        assert disclosure in before_the_shops_own


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_bot_knows_on_the_phone_what_the_line_has_said(language: str) -> None:
    assert spoken("utter_open_conversation", language, "phone")[0]["text"] == "{words}"


def test_every_choice_stands_for_an_intent_of_the_domain() -> None:
    payloads = {p for variants in RESPONSES.values() for v in variants for p in _payloads(v)}

    assert {payload.removeprefix("/") for payload in payloads} <= set(declared("intents"))


def test_no_slot_is_filled_from_words_but_the_order_number() -> None:
    # A slot that a text can fill is a slot that a customer can forge.
    filled = [
        name
        for part in DOMAIN
        for name, slot in part.get("slots", {}).items()
        if any(mapping["type"] != "custom" for mapping in slot["mappings"])
    ]

    assert filled == ["order_number"]


def _values(variant: Json) -> set[str]:
    return set(re.findall(r"{(\w+)}", variant["text"]))


def _payloads(variant: Json) -> list[str]:
    return [button["payload"] for button in variant.get("buttons", ())]
