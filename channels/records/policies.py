"""The shop's policies, section by section, in the words of `rapport policy`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette_admin.exceptions import FormValidationError
from starlette_admin.fields import StringField, TextAreaField
from starlette_admin.filters import FilterGroup
from starlette_admin.views import BaseModelView

from channels.records.base import store
from channels.records.guard import who
from channels.records.mistakes import listed
from channels.records.words import said
from channels.strategy.writing import NoSection, as_toml, parsed, section_of
from crm_store.agents.roles import Right
from crm_store.base import utc_now
from crm_store.strategy.repository import PolicyRepository


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the policies, as it is now."""

    name: str
    rules: str


class PolicyView(BaseModelView):
    """What the shop has decided. A mistake is told and changes nothing."""

    key = "policy"
    menu_label = said("policies")
    display_name = said("section")
    icon = "fa fa-sliders"
    pk_attr = "name"
    fields = (
        StringField("name", label=said("section")),
        TextAreaField("rules", label=said("rules"), required=True, rows=24),
    )
    exclude_fields_from_list = ("rules",)
    exclude_fields_from_edit = ("name",)
    actions = ()
    row_actions = ("view", "edit")
    exporters = ()
    importers = ()
    column_visibility = False
    page_size = 50

    def is_accessible(self, request: Request) -> bool:
        """Return whether whoever asks may see the policies."""
        return who(request).agent.may(Right.administer)

    def can_create(self, request: Request) -> bool:
        """Return that there are no other sections than those that the programs read."""
        return False

    def can_delete(self, request: Request) -> bool:
        """Return that no section can be missing."""
        return False

    async def find_all(
        self,
        request: Request,
        skip: int = 0,
        limit: int = 100,
        q: str | None = None,
        sorts: Sequence[tuple[str, str]] | None = None,
        filters: FilterGroup | None = None,
    ) -> Sequence[Section]:
        """Return the sections whose name or rules hold a text."""
        found = await self._found(request, q)
        return found[skip : skip + limit] if limit > 0 else found[skip:]

    async def count(
        self, request: Request, q: str | None = None, filters: FilterGroup | None = None
    ) -> int:
        """Return how many those are."""
        return len(await self._found(request, q))

    async def find_by_pk(self, request: Request, pk: Any) -> Section | None:
        """Return a section."""
        return next((one for one in await self._found(request, None) if one.name == pk), None)

    async def find_by_pks(self, request: Request, pks: list[Any]) -> Sequence[Section]:
        """Return some sections."""
        return [one for one in await self._found(request, None) if one.name in pks]

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Section:
        """Replace a section's rules."""
        try:
            rules = section_of(pk, parsed(data["rules"] or ""))
            await PolicyRepository(store(request)).change(pk, rules, at=utc_now())
        except NoSection as mistake:
            told = str(said("mistake_unreadable")).format(why=mistake)
            raise FormValidationError({"rules": told}) from mistake
        except ValidationError as mistakes:
            raise FormValidationError({"rules": listed(mistakes)}) from mistakes
        return Section(pk, data["rules"])

    async def create(self, request: Request, data: dict[str, Any]) -> Section:
        """Refuse: the programs know no other section."""
        raise NotImplementedError

    async def delete(self, request: Request, pks: list[Any]) -> int | None:
        """Refuse: the programs need every section."""
        raise NotImplementedError

    async def _found(self, request: Request, q: str | None) -> Sequence[Section]:
        current = (await PolicyRepository(store(request)).current()).model_dump(mode="json")
        sections = [Section(name, as_toml(name, rules)) for name, rules in current.items()]
        return [one for one in sections if not q or q.lower() in f"{one.name} {one.rules}".lower()]
