"""What the administration's pages of records have in common."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette_admin.contrib.sqla import ModelView
from starlette_admin.exceptions import FormValidationError
from starlette_admin.fields import StringField

from channels.records.guard import who
from crm_store.agents.roles import Right

RowT = TypeVar("RowT", bound=BaseModel)


class RecordView(ModelView):
    """Records that are read here; what may be changed, each kind says itself."""

    right: ClassVar[Right] = Right.administer
    actions = ()
    row_actions: Sequence[str] = ("view", "edit")
    importers = ()
    exporters = ()
    # The library's menu for it is an inline script.
    column_visibility = False
    page_size = 25

    def is_accessible(self, request: Request) -> bool:
        """Return whether whoever asks may see these records."""
        return who(request).agent.may(self.right)

    def can_create(self, request: Request) -> bool:
        """Return that nothing is added here, unless a kind says otherwise."""
        return False

    def can_edit(self, request: Request) -> bool:
        """Return that nothing is changed here, unless a kind says otherwise."""
        return False

    def can_delete(self, request: Request) -> bool:
        """Return that nothing is removed here: the store has its own ways for that."""
        return False

    def can_import(self, request: Request) -> bool:
        """Return that files come in by `rapport import`."""
        return False

    def can_export(self, request: Request) -> bool:
        """Return that files go out by the ways that are meant for it."""
        return False


def record_id() -> StringField:
    """Return the field of a record's own id, which its address needs and nobody reads."""
    return StringField(
        "id",
        exclude_from_list=True,
        exclude_from_detail=True,
        exclude_from_create=True,
        exclude_from_edit=True,
    )


def store(request: Request) -> AsyncSession:
    """Return the session that the page was lent."""
    session: AsyncSession = request.state.session
    return session


def checked(row: type[RowT], given: Mapping[str, Any]) -> RowT:
    """Return a row of what a form says, or tell each mistake at its field."""
    try:
        return row.model_validate(given)
    except ValidationError as mistakes:
        raise FormValidationError(told(mistakes)) from mistakes


def told(mistakes: ValidationError) -> dict[str | int, Any]:
    """Return each mistake by the field that it is in; one of the whole by no field's name."""
    return {
        (mistake["loc"][0] if mistake["loc"] else "form"): mistake["msg"]
        for mistake in mistakes.errors()
    }
