"""Takes customers into the store."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from crm_store.customers.addresses import PostalAddress
from crm_store.customers.models import (
    ContactKind,
    ContactPoint,
    Customer,
    Interest,
    InterestSource,
)
from crm_store.imports.report import Change, assign
from crm_store.imports.repository import ImportRepository
from crm_store.imports.rows import CustomerRow


class CustomerIntake:
    """Adds a customer, or changes them to what the row says."""

    row = CustomerRow

    def __init__(self, repository: ImportRepository) -> None:
        self._repository = repository
        self._known: dict[str, Customer] = {}
        self._interests: dict[UUID, set[str]] = {}

    async def prepare(self, rows: Iterable[CustomerRow]) -> None:
        """Look up all that a batch of rows may touch."""
        self._known = await self._repository.customers(row.number for row in rows)
        known = [customer.id for customer in self._known.values()]
        self._interests = await self._repository.imported_interests(known)

    def take(self, row: CustomerRow) -> Change:
        """Take one row of the batch."""
        customer = self._known.get(row.number)
        added = customer is None
        if customer is None:
            # The id is needed before the row is written: interests name it.
            customer = Customer(id=uuid4(), number=row.number, contacts=[], **_facts(row))
            self._known[row.number] = customer
            self._repository.add(customer)
        changes = [
            assign(customer, **_facts(row)),
            _live(customer, row.place),
            _reach(customer, ContactKind.email, row.email),
            _reach(customer, ContactKind.phone, row.phone),
            self._like(customer, row.interests),
        ]
        if added:
            return Change.added
        return Change.changed if any(changes) else Change.unchanged

    def _like(self, customer: Customer, interests: Iterable[str]) -> bool:
        known = self._interests.setdefault(customer.id, set())
        new = [text for text in dict.fromkeys(interests) if text not in known]
        known.update(new)
        for text in new:
            self._repository.add(
                Interest(
                    customer_id=customer.id,
                    text=text,
                    language=customer.language,
                    source=InterestSource.imported,
                )
            )
        return bool(new)


def _facts(row: CustomerRow) -> dict[str, object]:
    return {
        "given_name": row.given_name,
        "family_name": row.family_name,
        "language": row.language,
        "since": row.since,
    }


def _live(customer: Customer, place: PostalAddress | None) -> bool:
    # A file that says nothing of addresses takes none away.
    return place is not None and assign(customer, address=place)


def _reach(customer: Customer, kind: ContactKind, value: str | None) -> bool:
    present = [contact for contact in customer.contacts if contact.kind is kind]
    if [contact.value for contact in present] == ([value] if value else []):
        return False
    for contact in present:
        customer.contacts.remove(contact)
    if value:
        customer.contacts.append(ContactPoint(kind=kind, value=value))
    return True
