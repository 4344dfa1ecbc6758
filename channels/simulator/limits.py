"""How long Twilio waits for a webhook, and how often it tries, as the address itself says.

https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

from dataclasses import dataclass
from urllib.parse import parse_qs, urldefrag

from channels.simulator.refusal import Refused

_BOUNDS = {"ct": (100, 10_000), "rt": (100, 15_000), "tt": (100, 15_000), "rc": (0, 5)}
_POLICIES = frozenset({"4xx", "5xx", "ct", "rt", "all"})
_KNOWN = frozenset({*_BOUNDS, "rp", "e", "sni"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for one request, in seconds."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})
    """What is tried again: connections that fail, or more."""

    def again(self, why: str) -> bool:
        """Return whether a request that failed for this reason is made once more."""
        return bool(self.policy & {why, "all"})


def without_limits(url: str) -> tuple[str, Limits]:
    """Return an address as it is asked and signed, and the limits that stood behind its `#`."""
    asked, fragment = urldefrag(url)
    told = parse_qs(fragment, keep_blank_values=True, strict_parsing=bool(fragment))
    unknown = set(told) - _KNOWN
    if unknown:
        raise Refused(f"Twilio knows no connection override {', '.join(sorted(unknown))}")
    numbers = {name: _number(name, told[name][-1]) for name in _BOUNDS if name in told}
    usual = Limits()
    policy = frozenset(told["rp"][-1].split(",")) if "rp" in told else usual.policy
    if not policy <= _POLICIES:
        raise Refused("rp names what is tried again: 4xx, 5xx, ct, rt or all")
    return asked, Limits(
        connect=numbers.get("ct", 5000) / 1000,
        read=numbers.get("rt", 15_000) / 1000,
        total=numbers.get("tt", 15_000) / 1000,
        retries=numbers.get("rc", usual.retries),
        policy=policy,
    )


def _number(name: str, value: str) -> int:
    least, most = _BOUNDS[name]
    if not value.isdecimal() or not least <= int(value) <= most:
        raise Refused(f"{name} must be between {least} and {most}")
    return int(value)
