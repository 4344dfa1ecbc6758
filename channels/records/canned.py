"""The replies that agents find by typing a slash."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette_admin.exceptions import FormValidationError
from starlette_admin.fields import DateTimeField, StringField, TextAreaField

from channels.records.base import RecordView, record_id, store
from channels.records.words import said
from crm_store.canned.models import CannedReply
from crm_store.canned.places import Place, require_known
from crm_store.canned.repository import LONGEST_NAME, CannedReplyRepository, tidy_name
from crm_store.errors import CannedNameUnfit, UnknownPlace

WORDS = ("de", "en")


class CannedView(RecordView):
    """Canned replies, each in both languages."""

    fields = (
        record_id(),
        StringField(
            "name",
            label=said("canned_name"),
            help_text=said("canned_name_help"),
            required=True,
            maxlength=LONGEST_NAME,
        ),
        TextAreaField("de", label=said("canned_de"), help_text=said("places"), required=True),
        TextAreaField("en", label=said("canned_en"), help_text=said("places"), required=True),
        DateTimeField("changed_at", label=said("changed_at"), read_only=True),
    )
    # What agents have learnt to type stays what it is.
    exclude_fields_from_edit = ("name", "changed_at")
    exclude_fields_from_create = ("changed_at",)
    searchable_fields = ("name", *WORDS)
    sortable_fields = ("name", "changed_at")
    fields_default_sort = ("name",)
    row_actions = ("view", "edit", "delete")

    def can_create(self, request: Request) -> bool:
        """Return that replies are added here."""
        return True

    def can_edit(self, request: Request) -> bool:
        """Return that replies are changed here."""
        return True

    def can_delete(self, request: Request) -> bool:
        """Return that replies are removed here: nothing refers to them."""
        return True

    async def create(self, request: Request, data: dict[str, Any]) -> CannedReply:
        """Add a reply; one that has the name already is not written over."""
        try:
            name = tidy_name(data["name"])
        except CannedNameUnfit as refusal:
            raise FormValidationError({"name": str(said("canned_name_help"))}) from refusal
        if await CannedReplyRepository(store(request)).find(name) is not None:
            raise FormValidationError({"name": str(said("canned_taken"))})
        return await _kept(request, name, data)

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> CannedReply:
        """Change what a reply says."""
        reply: CannedReply = await self.find_by_pk(request, pk)
        return await _kept(request, reply.name, data)


async def _kept(request: Request, name: str, data: Mapping[str, Any]) -> CannedReply:
    mistakes: dict[str | int, Any] = {
        field: trouble for field in WORDS if (trouble := _trouble(data[field]))
    }
    if mistakes:
        raise FormValidationError(mistakes)
    words = {field: data[field].strip() for field in WORDS}
    reply = await CannedReplyRepository(store(request)).keep(name, **words)
    await store(request).flush()
    return reply


def _trouble(words: str | None) -> str | None:
    if not (words or "").strip():
        return str(said("both_languages"))
    try:
        require_known(words or "")
    except UnknownPlace as unknown:
        known = ", ".join(f"{{{place}}}" for place in Place)
        return str(said("unknown_place")).format(place=f"{{{unknown}}}", places=known)
    return None
