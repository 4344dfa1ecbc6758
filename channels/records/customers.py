"""Customers, changed as a line of an import changes them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import selectinload
from starlette.requests import Request
from starlette_admin.fields import DateTimeField, EnumField, StringField

from channels.records.base import RecordView, checked, record_id, store
from channels.records.words import said
from crm_store.base import Language
from crm_store.customers.models import ContactKind, Customer
from crm_store.imports.customers import CustomerIntake
from crm_store.imports.repository import ImportRepository
from crm_store.imports.rows import CustomerRow


def _contact(kind: ContactKind) -> Callable[[Request, Customer], str | None]:
    def read(_: Request, customer: Customer) -> str | None:
        return next((one.value for one in customer.contacts if one.kind is kind), None)

    return read


def _place(part: str) -> Callable[[Request, Customer], str | None]:
    def read(_: Request, customer: Customer) -> str | None:
        return None if customer.address is None else str(getattr(customer.address, part))

    return read


class CustomerView(RecordView):
    """Whom the shop knows. They are removed by `rapport customer erase`, with all of theirs."""

    fields = (
        record_id(),
        StringField("number", label=said("number"), required=True),
        StringField("given_name", label=said("given_name"), required=True),
        StringField("family_name", label=said("family_name"), required=True),
        EnumField("language", label=said("language"), enum=Language, required=True),
        StringField("email", label=said("email"), getter=_contact(ContactKind.email)),
        StringField("phone", label=said("phone"), getter=_contact(ContactKind.phone)),
        StringField("street", label=said("street"), getter=_place("street")),
        StringField("postcode", label=said("postcode"), getter=_place("postcode")),
        StringField("town", label=said("town"), getter=_place("town")),
        StringField("country", label=said("country"), getter=_place("country")),
        DateTimeField("since", label=said("since"), read_only=True),
    )
    exclude_fields_from_list = ("street", "postcode", "town", "country", "since")
    exclude_fields_from_edit = ("number", "since")
    searchable_fields = ("number", "given_name", "family_name")
    sortable_fields = ("number", "given_name", "family_name", "since")
    fields_default_sort = ("number",)

    def can_edit(self, request: Request) -> bool:
        """Return that customers are changed here."""
        return True

    def get_list_query(self, request: Request) -> Select[Any]:
        """Return the customers with how to reach them."""
        return super().get_list_query(request).options(selectinload(Customer.contacts))

    def get_detail_query(self, request: Request) -> Select[Any]:
        """Return a customer with how to reach them."""
        return super().get_detail_query(request).options(selectinload(Customer.contacts))

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Customer:
        """Change a customer to what the form says."""
        customer: Customer = await self.find_by_pk(request, pk)
        kept = {"number": customer.number, "since": customer.since}
        row = checked(CustomerRow, {**data, **kept})
        repository = ImportRepository(store(request))
        await repository.one_at_a_time()
        intake = CustomerIntake(repository)
        await intake.prepare([row])
        intake.take(row)
        await store(request).flush()
        return customer
