"""Who has looked at or changed what, to be read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette_admin.fields import DateTimeField, IntegerField, JSONField, StringField

from channels.records.base import RecordView, store
from channels.records.words import said
from crm_store.agents.models import Agent
from crm_store.agents.roles import Right
from crm_store.audit.models import AuditEntry
from crm_store.audit.repository import AuditRepository


async def _name(request: Request, entry: AuditEntry) -> str:
    """Return who it was by name, or what an entry calls whoever has none."""
    try:
        agent = await store(request).get(Agent, UUID(entry.actor))
    except ValueError:
        return entry.actor
    return entry.actor if agent is None else agent.name


class AuditView(RecordView):
    """The audit log. It is only ever added to."""

    right = Right.audit
    fields = (
        IntegerField("number", label=said("entry")),
        DateTimeField("at", label=said("at")),
        StringField("actor", label=said("actor"), getter=_name),
        StringField("deed", label=said("deed")),
        StringField("conversation_id", label=said("conversation")),
        StringField("customer_id", label=said("customer")),
        JSONField("facts", label=said("facts")),
    )
    exclude_fields_from_list = ("facts",)
    searchable_fields = ("actor", "deed")
    sortable_fields = ("number", "at", "actor", "deed")
    fields_default_sort = (("number", True),)
    row_actions = ("view",)
    page_size = 50

    async def find_all(self, request: Request, *args: Any, **kwargs: Any) -> Sequence[Any]:
        """Return entries, those of a moment ago too."""
        await AuditRepository(store(request)).chain()
        found: Sequence[Any] = await super().find_all(request, *args, **kwargs)
        return found
