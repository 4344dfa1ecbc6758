"""Agents from the command line: the first one cannot log in to make themselves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from channels.up.database import database
from channels.up.settings import UpSettings
from crm_store.agents.passwords import SHORTEST, Passwords, random_password
from crm_store.agents.service import add_agent, change_password
from crm_store.agents.telephone import ring_at
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.errors import LoginTaken, NumberNotCallable, PasswordTooWeak, UnknownAgent

app = typer.Typer(help="The people at the desk.", no_args_is_help=True)


@app.callback()
def agents() -> None:
    """The people at the desk."""


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="What the agent logs in as.")],
    name: Annotated[str, typer.Option(help="The name that customers see.")],
    ask: Annotated[bool, typer.Option(help="Ask for a password instead of making one.")] = False,
) -> None:
    """Make an agent who can log in to the desk."""
    password = _asked() if ask else random_password()
    try:
        asyncio.run(_add(login, name, password))
    except LoginTaken:
        _give_up(f"There is an agent {login} already.")
    except PasswordTooWeak:
        _give_up(f"A password has at least {SHORTEST} characters.")
    typer.echo(f"{login} can log in now.")
    if not ask:
        typer.echo(f"Password, shown only this once: {password}")


@app.command()
def password(login: Annotated[str, typer.Argument(help="The agent's login.")]) -> None:
    """Give an agent a new password; whoever is logged in with the old one is out."""
    made = random_password()
    try:
        asyncio.run(_change(login, made))
    except UnknownAgent:
        _give_up(f"There is no agent {login}.")
    typer.echo(f"Password, shown only this once: {made}")


@app.command()
def phone(
    login: Annotated[str, typer.Argument(help="The agent's login.")],
    number: Annotated[str, typer.Argument(help="Where they are rung; empty for nowhere.")],
) -> None:
    """Say on which number an agent is rung for callers whom they want to speak to."""
    try:
        asyncio.run(_ring_at(login, number))
    except UnknownAgent:
        _give_up(f"There is no agent {login}.")
    except NumberNotCallable:
        _give_up("This is no telephone number that we call.")
    typer.echo(f"{login} is rung there." if number else f"{login} is not rung any more.")


async def _add(login: str, name: str, password: str) -> None:
    async with _sessions() as sessions:
        await add_agent(sessions, login, name, password, passwords=Passwords())


async def _change(login: str, password: str) -> None:
    async with _sessions() as sessions:
        await change_password(sessions, login, password, passwords=Passwords())


async def _ring_at(login: str, number: str) -> None:
    async with _sessions() as sessions:
        await ring_at(sessions, login, number, region=UpSettings().rapport_region)


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


def _give_up(trouble: str) -> None:
    typer.echo(trouble, err=True)
    raise typer.Exit(1)
