"""What in a customer's words, or of their standing, has counted for a hand-off."""

from dataclasses import asdict, dataclass, field

from crm_store.base import Json


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that has counted, for agents to see."""

    kind: str
    """What sort of thing: a phrase of a rule, `strong`, `shouted`, `marked`, `lasting`, `value`."""
    seen: str
    """The phrase or the amount."""
    points: int = 0

    @property
    def kept(self) -> Json:
        """What the store keeps of it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a person is needed: the reason, the message that showed it, and what counted."""

    reason: str
    seq: int | None = None
    signs: tuple[Json, ...] = field(default=())

    @property
    def kept(self) -> Json:
        """What an event or a turn keeps of it."""
        return {"reason": self.reason, "seq": self.seq, "signs": list(self.signs)}

    @classmethod
    def of(cls, kept: Json) -> "Grounds":
        """Return what was kept."""
        return cls(kept["reason"], kept.get("seq"), tuple(kept.get("signs") or ()))
