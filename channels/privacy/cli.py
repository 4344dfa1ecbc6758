"""`rapport customer`: a copy of all that is stored about somebody, and an end to it."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from channels.up.stored import store_session
from crm_store.audit.repository import CONSOLE, AuditRepository
from crm_store.base import Json, utc_now
from crm_store.errors import UnknownCustomer
from crm_store.privacy.export import export
from crm_store.privacy.requests import ErasureRepository

app = typer.Typer(help="A customer's own data: a copy of it, an end to it.", no_args_is_help=True)
Number = Annotated[str, typer.Argument(help="The customer's number, such as C-1001.")]


@app.callback()
def customer() -> None:
    """A customer's own data: a copy of it, an end to it."""


@app.command("export")
def export_(
    number: Number,
    to: Annotated[Path | None, typer.Option(help="A file; without it, it is printed.")] = None,
) -> None:
    """Write all that is stored about a customer as JSON, to be sent to them."""
    try:
        found = asyncio.run(_exported(number))
    except UnknownCustomer:
        _give_up(number)
    document = json.dumps(found, ensure_ascii=False, indent=2)
    if to is None:
        typer.echo(document)
        return
    to.touch(mode=0o600)
    to.write_text(document + "\n", encoding="utf-8")


@app.command()
def erase(
    number: Number,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether that is meant.")] = False,
) -> None:
    """Forget a customer at once: all that is personal is removed, and cannot be brought back."""
    if not yes:
        typer.confirm(f"Forget customer {number} for ever?", abort=True)
    try:
        asyncio.run(_erased(number))
    except UnknownCustomer:
        _give_up(number)
    typer.echo("Done. Orders and invoices stay, without the customer in them.")


async def _exported(number: str) -> Json:
    async with store_session() as session:
        found = await ErasureRepository(session).customer_numbered(number)
        await AuditRepository(session).record("customer exported", CONSOLE, customer=found)
        return await export(session, found, at=utc_now())


async def _erased(number: str) -> None:
    async with store_session() as session:
        requests = ErasureRepository(session)
        found = await requests.customer_numbered(number)
        await AuditRepository(session).record("customer erased", CONSOLE, customer=found)
        await requests.forget(found, at=utc_now())


def _give_up(number: str) -> NoReturn:
    typer.echo(f"There is no customer {number}.", err=True)
    raise typer.Exit(1)
