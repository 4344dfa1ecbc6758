"""The shop's policies as the rest reads them: typed, checked, with the seed for what is not set."""

import json
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import Field, StringConstraints, field_validator

from crm_store.base import Json
from crm_store.customers.models import InterestSource, Level
from crm_store.strategy.escalation import EscalationPolicy
from crm_store.strategy.routing import RoutingPolicy
from crm_store.strategy.section import Section as _Section
from crm_store.strategy.section import Texts
from crm_store.strategy.wrap_up import WrapUp

LONGEST_GREETING = 60
LONGEST_CRISIS_HELP = 140

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_TIME = r"([01]\d|2[0-3]):[0-5]\d"
Hours = Annotated[str, StringConstraints(pattern=rf"^{_TIME}-{_TIME}$")]


@cache
def _time_zones() -> frozenset[str]:
    # Looking through the zone files takes longer than all else that reading the policies does.
    return frozenset(available_timezones())


class Shop(_Section):
    """Who the shop is and when its people are there."""

    name: str
    currency: str
    time_zone: str
    email: str
    phone: str
    address: str
    hours: dict[Weekday, Hours]
    """By English name of the day, "09:00-18:00" in the shop's time zone; all day "00:00-00:00"."""

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        if name not in _time_zones():
            raise ValueError("there is no such time zone")
        return name


class Greeting(Texts):
    """What is said after the sentence that tells of the AI; short, for it is spoken too."""

    de: str = Field(max_length=LONGEST_GREETING)
    en: str = Field(max_length=LONGEST_GREETING)


class Crisis(Texts):
    """Whom somebody in despair can turn to at any hour; short, for it is spoken too."""

    de: str = Field(max_length=LONGEST_CRISIS_HELP)
    en: str = Field(max_length=LONGEST_CRISIS_HELP)


class DeliveryOption(Texts):
    """One way of delivery."""

    key: str
    days: tuple[int, int]
    """Fewest and most working days."""
    cost: Decimal


class Delivery(_Section):
    """Where the shop delivers, how fast, and what it costs."""

    countries: list[str]
    free_from: Decimal
    """Of an order's total, from which standard delivery costs nothing."""
    carrier: str
    options: list[DeliveryOption]


class Cancellation(_Section):
    """Until when an order may be cancelled or changed, and what that costs."""

    fee: Decimal
    until: Literal["shipped"]


class Lateness(_Section):
    """Days after the expected day from which a parcel is late, and lost."""

    late_after: int
    lost_after: int


class Returns(_Section):
    """How long and at what cost things may be sent back."""

    period_days: int
    exchange_period_days: int
    label_free: bool
    label_cost: Decimal
    refund_days: int
    restocking_fee: Decimal
    excluded_kinds: list[str]


class Payment(_Section):
    """How customers may pay, and where refunds go."""

    methods: list[str]
    refund_to: Literal["original", "voucher"]


class Cases(_Section):
    """Within how many hours somebody answers a case, by its kind."""

    complaint: int
    damaged: int
    wrong_item: int
    missing: int
    invoice: int
    payment: int
    login: int
    privacy: int
    follow_up: int
    other: int


class VerificationPolicy(_Section):
    """How well a customer must be known for the more delicate deeds."""

    contact_change: Literal["verified", "strong"]
    erasure: Literal["verified", "strong"]
    pin_locked_minutes: int = Field(default=60, ge=1)
    """The default is for shops that changed this section before it had this rule."""

    @staticmethod
    def level(name: str) -> Level:
        """Return the level of this name."""
        return Level[name]


class Privacy(_Section):
    """Cooling-off before an erasure, and for how long the law keeps some records."""

    erasure_days: int
    invoice_years: int
    consent_version: str
    """Of the wordings that customers agree to; a new wording gets a new name."""
    browser_days: int = Field(default=30, gt=0)
    """For how long it is known which browser looked at what, or was shown what, on a page."""


class Account(_Section):
    """Where customers log in at the shop itself."""

    reset_url: str
    """The page on which a new password is set."""


class Referral(_Section):
    """What a recommendation is worth, to whoever makes it and to the friend."""

    reward: Decimal
    friend_reward: Decimal
    valid_days: int


class Callback(_Section):
    """How many may be called back in one hour, and how often and when somebody is tried.

    The defaults are for shops that changed this section before it had these rules.
    """

    most_per_hour: int
    attempts: int = Field(default=3, ge=1, le=10)
    """How often a customer who is not reached is called, in all."""
    pause_minutes: tuple[Annotated[int, Field(ge=1)], ...] = Field(default=(15, 60), min_length=1)
    """After how long again, attempt by attempt; the last one holds for all further ones."""

    def pause_after(self, attempt: int) -> timedelta:
        """Return how long to wait after an attempt, counted from 1."""
        return timedelta(minutes=self.pause_minutes[min(attempt, len(self.pause_minutes)) - 1])


class CallPolicy(_Section):
    """How much of the assistant one call may have; people take their time."""

    most_turns: int = Field(ge=1)
    most_minutes: int = Field(ge=1)
    most_per_minute: int = Field(ge=1)
    """What a caller says or keys in, a minute."""


class PhonePolicy(_Section):
    """How agents are rung for callers."""

    ring_seconds: int = Field(gt=0, le=60)
    """For how long an agent's telephone rings."""
    accept_seconds: int = Field(gt=0, le=30)
    """For how long it is waited for their key once they have heard what it is about."""
    tries: int = Field(default=2, gt=0, le=5)
    """How often a telephone is rung that nobody picks up, while the caller still waits."""
    most_wait_seconds: int = Field(default=240, gt=0)
    """After which whoever waits in vain is asked whether they would rather be called back."""


class LinePolicy(_Section):
    """How the phone line begins its calls."""

    other_language: bool
    """Whether callers whose language is not known are offered the other one."""
    recording: Literal["off", "ask"]
    """Whether callers are asked if the call may be recorded; without their yes none is."""
    recording_days: int = Field(gt=0)
    """For how long recordings are kept."""


class SuggestionPolicy(_Section):
    """When and how often something is suggested, and how it is found out whether that helps.

    The defaults are for shops that changed this section before it had these rules.
    """

    after_complaint: bool
    looked_at_minutes: int = Field(default=30, gt=0)
    """For how long the product that a customer has looked at is what they speak of."""
    unasked_after: tuple[str, ...] = ()
    """The matters after which something may be offered unasked, once the customer says thanks."""
    most_unasked_per_day: int = Field(default=1, ge=0)
    """In conversations with one customer, within 24 hours."""
    rest_days_after_decline: int = Field(default=7, ge=0)
    """Days without unasked offers in conversations once one was declined."""
    opt_in: bool = False
    """Whether a customer must have agreed to suggestions, or only not have objected."""
    attribution_days: int = Field(default=30, ge=1)
    """For so many days after it was shown, a purchase counts as brought by a suggestion."""
    control_share: float = Field(default=0.10, ge=0, le=1)
    """Of customers, to whom nothing is offered unasked."""
    control_salt: str = Field(default="2026-11", min_length=1)
    """Another one draws the control group anew."""
    least_lift: float = Field(default=0.05, gt=0, lt=1)
    """The smallest difference in cross-buying, as a share of customers, worth knowing of."""

    @property
    def version(self) -> str:
        """A short digest of the rules, kept with what was done by them."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:12]


class InterestTerms(_Section):
    """What one way of learning of an interest is worth, and for how long."""

    strength: float = Field(ge=-1, le=1)
    half_life_days: float = Field(gt=0)
    """After so many days half of it is left."""
    kept_days: int = Field(gt=0)
    """After so many days it counts no more, and is removed."""

    @property
    def half_life(self) -> timedelta:
        """The time in which it halves."""
        return timedelta(days=self.half_life_days)

    @property
    def kept(self) -> timedelta:
        """The time after which it is removed."""
        return timedelta(days=self.kept_days)


class InterestPolicy(_Section):
    """How interests are weighed, by how they became known (`InterestSource`)."""

    faint: float = Field(gt=0, lt=1)
    """An interest of which less is left counts no more."""
    infer_from: int = Field(ge=2)
    """So many different products of one creator or genre tell of an interest in it."""
    stated: InterestTerms
    imported: InterestTerms
    viewed: InterestTerms
    asked: InterestTerms
    bought: InterestTerms
    returned: InterestTerms
    inferred: InterestTerms

    def terms(self, source: InterestSource) -> InterestTerms:
        """Return what holds for a way of learning of an interest."""
        terms: InterestTerms = getattr(self, source.value)
        return terms


Numbered = Literal[
    "waiting",
    "longest_wait",
    "with_agents",
    "service_level",
    "abandonment",
    "answer_time",
    "first_response",
    "handling_time",
    "containment",
    "transfers",
    "rating",
    "repeat_contacts",
    "unproved",
    "fallback",
    "unhandled",
]
"""The numbers of the board (`crm_store/board/definitions.toml`)."""


class BoardPolicy(_Section):
    """By which limits the supervisor's numbers are reckoned."""

    answer_seconds: int = Field(default=20, gt=0)
    """Within which a person is to have taken whoever asks for one."""
    answer_share: float = Field(default=0.8, gt=0, le=1)
    """Of the hand-offs, for which that is to be so."""
    return_hours: int = Field(default=24, gt=0)
    """Within which whoever comes back had not been helped."""
    limits: dict[Numbered, float] = {"waiting": 10, "longest_wait": 300, "service_level": 0.7}
    """Past which a number of the board is raised as an alarm; seconds, stars, or a share of 1."""
    repeat_days: int = Field(default=7, gt=0)
    """Within which whoever comes back with the same matter had not been helped for good."""
    quiet_minutes: int = Field(default=30, gt=0)
    """After which a conversation in which nobody says anything counts as over."""


class Departments(_Section):
    """Who handles what."""

    keys: list[str]


class Policies(_Section):
    """All that the shop has decided."""

    shop: Shop
    greeting: Greeting
    crisis: Crisis
    delivery: Delivery
    cancellation: Cancellation
    lateness: Lateness
    returns: Returns
    payment: Payment
    cases: Cases
    verification: VerificationPolicy
    privacy: Privacy
    account: Account
    referral: Referral
    callback: Callback
    calls: CallPolicy
    phone: PhonePolicy
    line: LinePolicy
    suggestions: SuggestionPolicy
    interests: InterestPolicy
    board: BoardPolicy
    escalation: EscalationPolicy
    routing: RoutingPolicy
    departments: Departments = Field(repr=False)
    wrap_up: WrapUp = Field(repr=False)


@cache
def seed() -> Json:
    """Return what a new shop begins with."""
    text = files("crm_store.strategy").joinpath("policies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def policies(kept: Mapping[str, Json]) -> Policies:
    """Return the policies: each section as it is kept, else as the seed has it.

    It raises pydantic's ValidationError for a section that says what no shop can mean.
    """
    return _read(json.dumps(kept, sort_keys=True))


@lru_cache(maxsize=16)
def _read(kept: str) -> Policies:
    # They are asked for several times a turn and seldom change: checking takes a millisecond.
    return Policies.model_validate({**seed(), **json.loads(kept)})
