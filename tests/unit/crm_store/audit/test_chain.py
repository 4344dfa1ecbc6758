"""Whatever is changed in the audit log shows."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_store.audit.chain import Break, breaks, digest_of
from crm_store.audit.models import AuditEntry

pytestmark = pytest.mark.unit

BEGUN = datetime(2026, 11, 27, 9, tzinfo=UTC)
CHANGES: dict[str, Any] = {
    "at": BEGUN - timedelta(microseconds=1),
    "actor": "somebody else",
    "deed": "nothing at all",
    "conversation_id": UUID(int=7),
    "customer_id": None,
    "facts": {"nth": -1},
}


def test_an_untouched_log_holds() -> None:
    assert list(breaks(a_log(5), None)) == []


@given(where=st.integers(0, 4), what=st.sampled_from(sorted(CHANGES)))
def test_a_changed_entry_is_named(where: int, what: str) -> None:
    log = a_log(5)
    setattr(log[where], what, CHANGES[what])

    found = list(breaks(log, None))

    assert found == [Break(where + 1, "it says something else than was written")]


@given(where=st.integers(0, 3), what=st.sampled_from(sorted(CHANGES)))
def test_a_changed_entry_with_a_new_digest_is_left_by_the_next(where: int, what: str) -> None:
    log = a_log(5)
    setattr(log[where], what, CHANGES[what])
    log[where].digest = digest_of(log[where])

    assert list(breaks(log, None)) == [Break(where + 2, "it does not follow the one before")]


@given(where=st.integers(1, 3))
def test_an_entry_that_was_taken_out_is_missed(where: int) -> None:
    log = a_log(5)
    del log[where]

    assert list(breaks(log, None)) == [Break(where + 1, "it is missing")]


def test_a_log_whose_oldest_entries_were_let_go_holds() -> None:
    assert list(breaks(a_log(5)[2:], None)) == []


def a_log(length: int) -> list[AuditEntry]:
    """Return entries that hang together."""
    log: list[AuditEntry] = []
    for number in range(1, length + 1):
        entry = AuditEntry(
            number=number,
            at=BEGUN + timedelta(minutes=number),
            actor="console",
            deed="customer exported",
            conversation_id=None,
            customer_id=UUID(int=1),
            facts={"nth": number},
            previous=log[-1].digest if log else "",
        )
        entry.digest = digest_of(entry)
        log.append(entry)
    return log
