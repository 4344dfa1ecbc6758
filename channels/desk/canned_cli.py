"""`rapport canned`: the replies that agents find by typing a slash."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from channels.up.stored import store_session
from crm_store.audit.repository import CONSOLE, AuditRepository
from crm_store.canned.models import CannedReply
from crm_store.canned.places import Place
from crm_store.canned.repository import CannedReplyRepository, tidy_name
from crm_store.errors import CannedNameUnfit, UnknownCannedReply, UnknownPlace

PLACES = ", ".join(f"{{{place}}}" for place in Place)

app = typer.Typer(help="The replies that agents find by typing a slash.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="What is typed behind the slash.")]


@app.callback()
def canned() -> None:
    """The replies that agents find by typing a slash."""


@app.command("list")
def list_() -> None:
    """Print every canned reply in both languages."""
    for reply in asyncio.run(_all()):
        typer.echo(f"/{reply.name}\n  de  {reply.de}\n  en  {reply.en}")


@app.command("set")
def set_(
    name: Name,
    de: Annotated[str, typer.Option(help=f"In German, with places such as {PLACES}.")],
    en: Annotated[str, typer.Option(help="In English, with the same places.")],
) -> None:
    """Keep a reply under a name, in place of the one that had it."""
    try:
        asyncio.run(_keep(name, de, en))
    except CannedNameUnfit:
        _give_up("A name has letters, digits and hyphens.")
    except UnknownPlace as unknown:
        _give_up(f"There is no place {{{unknown}}}, only {PLACES}.")
    typer.echo(f"/{tidy_name(name)} is kept.")


@app.command()
def remove(name: Name) -> None:
    """Forget the reply of a name."""
    try:
        asyncio.run(_remove(name))
    except (CannedNameUnfit, UnknownCannedReply):
        _give_up(f"There is no reply {name}.")
    typer.echo(f"{name} is gone.")


async def _all() -> Sequence[CannedReply]:
    async with store_session() as session:
        return await CannedReplyRepository(session).all()


async def _keep(name: str, de: str, en: str) -> None:
    async with store_session() as session:
        reply = await CannedReplyRepository(session).keep(name, de=de, en=en)
        facts = {"name": reply.name}
        await AuditRepository(session).record("canned reply kept", CONSOLE, facts=facts)


async def _remove(name: str) -> None:
    async with store_session() as session:
        await CannedReplyRepository(session).remove(name)
        facts = {"name": tidy_name(name)}
        await AuditRepository(session).record("canned reply removed", CONSOLE, facts=facts)


def _give_up(trouble: str) -> NoReturn:
    typer.echo(trouble, err=True)
    raise typer.Exit(1)
