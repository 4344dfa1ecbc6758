"""Who works here, and as what."""

from typing import Any

from starlette.requests import Request
from starlette_admin.actions import row_action
from starlette_admin.exceptions import ActionFailed, FormValidationError
from starlette_admin.fields import DateTimeField, EnumField, StringField
from starlette_admin.flash import flash

from channels.records.base import RecordView, record_id, store
from channels.records.guard import who
from channels.records.words import said
from crm_store.agents.models import Agent
from crm_store.agents.passwords import Passwords, random_password
from crm_store.agents.repository import AgentSessionRepository
from crm_store.agents.roles import Role
from crm_store.agents.staff import give_role, hire, keep_password, let_go, take_on_again
from crm_store.base import Language
from crm_store.callbacks.numbers import callable_number
from crm_store.errors import LastAdmin, LoginTaken, NumberNotCallable


class PeopleView(RecordView):
    """Who can log in at the desk. Nobody is removed: what they did keeps their name."""

    fields = (
        record_id(),
        StringField("login", label=said("login"), required=True),
        StringField("name", label=said("name"), required=True),
        EnumField("role", label=said("role"), enum=Role, required=True),
        StringField("phone", label=said("phone")),
        EnumField("language", label=said("language"), enum=Language),
        DateTimeField("left_at", label=said("left_at"), read_only=True),
    )
    exclude_fields_from_create = ("left_at",)
    exclude_fields_from_edit = ("login", "left_at")
    searchable_fields = ("login", "name")
    sortable_fields = ("login", "name", "role")
    fields_default_sort = ("name",)
    row_actions = ("view", "edit", "password", "log_out", "leave", "back")

    def can_create(self, request: Request) -> bool:
        """Return that people are added here."""
        return True

    def can_edit(self, request: Request) -> bool:
        """Return that people are changed here."""
        return True

    async def create(self, request: Request, data: dict[str, Any]) -> Agent:
        """Let somebody in, by a password that is shown once."""
        password = random_password()
        agent = Agent(
            login=data["login"],
            name=data["name"],
            role=Role(data["role"]),
            phone=_number(request, data),
            language=data["language"] and Language(data["language"]),
            password_hash=await _passwords(request).hash(password),
        )
        try:
            await hire(store(request), agent, by=who(request).agent.id)
        except LoginTaken as refusal:
            raise FormValidationError({"login": str(said("login_taken"))}) from refusal
        flash(request, f"{said('password_once')} {password}", "warning")
        return agent

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Agent:
        """Change what somebody is called, may do, and where they are rung."""
        agent: Agent = await self.find_by_pk(request, pk)
        agent.name, agent.phone = data["name"], _number(request, data)
        agent.language = data["language"] and Language(data["language"])
        try:
            await give_role(store(request), agent, Role(data["role"]), by=who(request).agent.id)
        except LastAdmin as refusal:
            raise FormValidationError({"role": str(said("last_admin"))}) from refusal
        await store(request).flush()
        return agent

    @row_action(
        name="password",
        text=said("new_password"),
        icon_class="fa fa-key",
        confirmation=said("sure_password"),
    )
    async def new_password(self, request: Request, pk: Any) -> None:
        """Make a new password, which is shown once; their logins end."""
        agent: Agent = await self.find_by_pk(request, pk)
        password = random_password()
        kept = await _passwords(request).hash(password)
        await keep_password(store(request), agent, kept, by=who(request).agent.id)
        flash(request, f"{said('password_once')} {password}", "warning")

    @row_action(
        name="log_out",
        text=said("log_out"),
        icon_class="fa fa-right-from-bracket",
        confirmation=said("sure_log_out"),
    )
    async def log_out(self, request: Request, pk: Any) -> None:
        """End all of somebody's logins."""
        agent: Agent = await self.find_by_pk(request, pk)
        await AgentSessionRepository(store(request)).end_all_of(agent.id)

    @row_action(
        name="leave",
        text=said("leave"),
        icon_class="fa fa-user-slash",
        confirmation=said("sure_leave"),
    )
    async def leave(self, request: Request, pk: Any) -> None:
        """Let somebody in no more."""
        agent: Agent = await self.find_by_pk(request, pk)
        try:
            await let_go(store(request), agent, by=who(request).agent.id)
        except LastAdmin as refusal:
            raise ActionFailed(str(said("last_admin"))) from refusal

    @row_action(name="back", text=said("back"), icon_class="fa fa-user-check")
    async def come_back(self, request: Request, pk: Any) -> None:
        """Let somebody in again."""
        agent: Agent = await self.find_by_pk(request, pk)
        await take_on_again(store(request), agent, by=who(request).agent.id)

    async def is_row_action_allowed_for_obj(self, request: Request, name: str, obj: Agent) -> bool:
        """Return whether something can be done to somebody as they are."""
        if name in {"leave", "back"}:
            return (name == "back") == (obj.left_at is not None)
        return await super().is_row_action_allowed_for_obj(request, name, obj)


def _passwords(request: Request) -> Passwords:
    passwords: Passwords = request.state.passwords
    return passwords


def _number(request: Request, data: dict[str, Any]) -> str | None:
    try:
        given = data["phone"]
        return (
            callable_number(given, region=request.state.settings.rapport_region) if given else None
        )
    except NumberNotCallable as refusal:
        raise FormValidationError({"phone": str(said("number_not_callable"))}) from refusal
