"""Who is served when, and by whom, as the shop has decided."""

from datetime import timedelta

from pydantic import Field

from crm_store.strategy.section import Section


class RoutingPolicy(Section):
    """How customers who wait for a person are brought together with one."""

    ring_seconds: int = Field(ge=1, le=120)
    """For how long an offer rings at one agent."""
    again_after_seconds: int = Field(ge=0)
    """After which an agent who has let a customer's offer pass is offered the same one again."""
    most_missed: int = Field(ge=1)
    """After so many offers in a row that nobody answered, an agent counts as away."""
    widen_after_seconds: int = Field(ge=0)
    """After which agents of other languages and departments are asked as well."""
    chats: int = Field(ge=1)
    """How many chats an agent has at once, unless it is said otherwise of them."""
    calls: int = Field(ge=1)
    """How many calls; whoever has one is offered nothing more."""
    wrap_up_seconds: int = Field(ge=0)
    """For how long an agent has time for what is left to do after a conversation."""
    away_after_seconds: int = Field(ge=1)
    """After which an agent whose page is gone is shown as away."""
    lapse_after_seconds: int = Field(ge=1)
    """After which their customers wait again for somebody else, at their old place."""
    ask_after_seconds: int = Field(default=60, ge=1)
    """After which somebody who waits in a chat is told of other ways, without losing their place.

    The default is for shops that changed this section before it had this rule.
    """
    head_start_seconds: int = Field(ge=0)
    """How much earlier than they came somebody ranks, for each point of priority."""
    priority: dict[str, int]
    """Points by the reason of the hand-off; `value` and `phone` are added where they hold."""

    @property
    def ring(self) -> timedelta:
        """For how long an offer rings."""
        return timedelta(seconds=self.ring_seconds)

    @property
    def away_after(self) -> timedelta:
        """After which an agent whose page is gone is away."""
        return timedelta(seconds=self.away_after_seconds)

    @property
    def lapse_after(self) -> timedelta:
        """After which an agent whose page is gone has no customers any more."""
        return timedelta(seconds=self.lapse_after_seconds)

    def points(self, reason: str, *, valued: bool, by_phone: bool) -> int:
        """Return how urgent a customer is."""
        added = [name for name, holds in (("value", valued), ("phone", by_phone)) if holds]
        return sum(self.priority.get(name, 0) for name in (reason, *added))

    def head_start(self, points: int) -> timedelta:
        """Return how much earlier somebody ranks than they came."""
        return timedelta(seconds=self.head_start_seconds * points)
