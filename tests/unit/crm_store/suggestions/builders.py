"""Products as the ranking sees them."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from crm_store.suggestions.candidates import Candidate


def a_candidate(title: str = "Aida", **facts: Any) -> Candidate:
    """Return a recording of a Verdi opera, unless told otherwise."""
    usual: dict[str, Any] = {
        "product": uuid4(),
        "sku": title,
        "kind": "recording",
        "creator": "Giuseppe Verdi",
        "genre": "opera",
        "era": "romantic",
        "country": "IT",
        "city": "Busseto",
        "subjects": ("Giuseppe Verdi", "opera"),
        "title": title,
        "price": Decimal("19.90"),
        "currency": "EUR",
        "stock": 3,
        "image": None,
    }
    return Candidate(**usual | facts)
