"""How entries hang together: each one's digest covers the one before. Pure.

A linked time stamp as in Haber and Stornetta, "How to time-stamp a digital document" (Journal of
Cryptology, 1991): whoever changes one entry would have to change all that follow.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from crm_store.audit.models import AuditEntry, AuditSlip
from crm_store.base import Json


@dataclass(frozen=True, slots=True)
class Break:
    """An entry that is not as it was written, or is missing."""

    number: int
    why: str


def digest_of(entry: AuditEntry) -> str:
    """Return the SHA-256 of all that an entry says, as hexadecimal digits."""
    said: Json = {
        "number": entry.number,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "deed": entry.deed,
        "conversation": None if entry.conversation_id is None else str(entry.conversation_id),
        "customer": None if entry.customer_id is None else str(entry.customer_id),
        "facts": entry.facts,
        "previous": entry.previous,
    }
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(written.encode()).hexdigest()


def following(before: AuditEntry | None, slip: AuditSlip) -> AuditEntry:
    """Return the entry that a slip becomes after the newest one."""
    entry = AuditEntry(
        number=1 if before is None else before.number + 1,
        at=slip.at,
        actor=slip.actor,
        deed=slip.deed,
        conversation_id=slip.conversation_id,
        customer_id=slip.customer_id,
        facts=slip.facts,
        previous="" if before is None else before.digest,
    )
    entry.digest = digest_of(entry)
    return entry


def breaks(entries: Iterable[AuditEntry], before: AuditEntry | None) -> Iterator[Break]:
    """Yield where a stretch of the chain does not hold; `before` is the entry ahead of it."""
    for entry in entries:
        if before is not None and entry.number != before.number + 1:
            yield Break(before.number + 1, "it is missing")
        elif before is not None and entry.previous != before.digest:
            yield Break(entry.number, "it does not follow the one before")
        if digest_of(entry) != entry.digest:
            yield Break(entry.number, "it says something else than was written")
        before = entry
