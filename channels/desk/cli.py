"""Agents from the command line: the first one cannot log in to make themselves."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated

import typer

from channels.up.database import database
from channels.up.settings import UpSettings
from channels.up.stored import store_session
from crm_store.agents.models import Agent
from crm_store.agents.passwords import SHORTEST, Passwords, random_password
from crm_store.agents.repository import AgentRepository
from crm_store.agents.roles import Role
from crm_store.agents.staff import (
    add_agent,
    change_password,
    change_role,
    dismiss,
    forget_second_factor,
    log_out_everywhere,
)
from crm_store.agents.telephone import ring_at
from crm_store.base import Language
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.errors import (
    LastAdmin,
    LoginTaken,
    NoSuchDepartment,
    NumberNotCallable,
    PasswordTooWeak,
    StoreError,
    UnknownAgent,
)
from crm_store.routing.duty import TakesOn, take_on

app = typer.Typer(help="The people at the desk.", no_args_is_help=True)
Login = Annotated[str, typer.Argument(help="The agent's login.")]
TROUBLES: dict[type[StoreError], str] = {
    UnknownAgent: "There is no agent {login}.",
    LoginTaken: "There is an agent {login} already.",
    LastAdmin: "{login} is the only admin: make another one first.",
    PasswordTooWeak: f"A password has at least {SHORTEST} characters.",
    NumberNotCallable: "This is no telephone number that we call.",
    NoSuchDepartment: "The shop has no such department (policy `departments`).",
}


@app.callback()
def agents() -> None:
    """The people at the desk."""


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="What the agent logs in as.")],
    name: Annotated[str, typer.Option(help="The name that customers see.")],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.agent,
    ask: Annotated[bool, typer.Option(help="Ask for a password instead of making one.")] = False,
) -> None:
    """Make an agent who can log in to the desk; the first admin is made here."""
    password = _asked() if ask else random_password()
    with _told(login):
        asyncio.run(_add(login, name, password, role))
    typer.echo(f"{login} can log in now, as {role}.")
    if not ask:
        typer.echo(f"Password, shown only this once: {password}")


@app.command("list")
def list_() -> None:
    """Print who can log in, and as what."""
    for agent in asyncio.run(_everybody()):
        typer.echo(f"{agent.login}  {agent.role}  {agent.name}")


@app.command()
def role(
    login: Login, role: Annotated[Role, typer.Argument(help="What they may do from now on.")]
) -> None:
    """Give an agent another role; they log in anew."""
    with _told(login):
        asyncio.run(_change_role(login, role))
    typer.echo(f"{login} is {role} now.")


@app.command()
def out(login: Login) -> None:
    """End every login of an agent, wherever they are logged in."""
    with _told(login):
        asyncio.run(_log_out(login))
    typer.echo(f"{login} is logged out everywhere.")


@app.command()
def without_code(login: Login) -> None:
    """Demand no code beside the password any more, of somebody who has lost what makes it."""
    with _told(login):
        asyncio.run(_forget_code(login))
    typer.echo(f"{login} logs in by the password alone.")


@app.command()
def leave(login: Login) -> None:
    """Let an agent in no more; what they did keeps their name."""
    with _told(login):
        asyncio.run(_dismiss(login))
    typer.echo(f"{login} cannot log in any more.")


@app.command()
def password(login: Login) -> None:
    """Give an agent a new password; whoever is logged in with the old one is out."""
    made = random_password()
    with _told(login):
        asyncio.run(_change(login, made))
    typer.echo(f"Password, shown only this once: {made}")


@app.command()
def phone(
    login: Login,
    number: Annotated[str, typer.Argument(help="Where they are rung; empty for nowhere.")],
) -> None:
    """Say on which number an agent is rung for callers whom they want to speak to."""
    with _told(login):
        asyncio.run(_ring_at(login, number))
    typer.echo(f"{login} is rung there." if number else f"{login} is not rung any more.")


@app.command()
def duty(
    login: Login,
    department: Annotated[
        list[str] | None, typer.Option(help="What they answer for; without it, everything.")
    ] = None,
    language: Annotated[
        list[Language] | None, typer.Option(help="What they speak; without it, every language.")
    ] = None,
    chats: Annotated[int | None, typer.Option(min=0, help="How many chats at once.")] = None,
    calls: Annotated[int | None, typer.Option(min=0, help="How many calls at once.")] = None,
) -> None:
    """Say which customers an agent is offered; the policy `routing` has the numbers otherwise."""
    with _told(login):
        asyncio.run(_take_on(login, TakesOn(department or (), language or (), chats, calls)))
    typer.echo(f"{login} is offered such customers from now on.")


async def _take_on(login: str, takes: TakesOn) -> None:
    async with _sessions() as sessions:
        await take_on(sessions, login, takes)


async def _add(login: str, name: str, password: str, role: Role) -> None:
    async with _sessions() as sessions:
        await add_agent(sessions, login, name, password, passwords=Passwords(), role=role)


async def _everybody() -> Sequence[Agent]:
    async with store_session() as session:
        return await AgentRepository(session).everybody()


async def _change_role(login: str, role: Role) -> None:
    async with _sessions() as sessions:
        await change_role(sessions, login, role)


async def _log_out(login: str) -> None:
    async with _sessions() as sessions:
        await log_out_everywhere(sessions, login)


async def _forget_code(login: str) -> None:
    async with _sessions() as sessions:
        await forget_second_factor(sessions, login)


async def _dismiss(login: str) -> None:
    async with _sessions() as sessions:
        await dismiss(sessions, login)


async def _change(login: str, password: str) -> None:
    async with _sessions() as sessions:
        await change_password(sessions, login, password, passwords=Passwords())


async def _ring_at(login: str, number: str) -> None:
    async with _sessions() as sessions:
        await ring_at(sessions, login, number, region=UpSettings().rapport_region)


@contextmanager
def _told(login: str) -> Iterator[None]:
    """Say in words why the store refuses, and end with a failure."""
    try:
        yield
    except StoreError as error:
        typer.echo(TROUBLES[type(error)].format(login=login), err=True)
        raise typer.Exit(1) from error


@asynccontextmanager
async def _sessions() -> AsyncIterator[SessionFactory]:
    settings = UpSettings()
    async with database(settings.folder, settings.given_database) as url:
        engine = create_engine(url, connections=1)
        try:
            yield create_session_factory(engine)
        finally:
            await engine.dispose()


def _asked() -> str:
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
