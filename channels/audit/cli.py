"""`rapport audit`: who has looked at or changed what, and whether that record is whole."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, NoReturn
from uuid import UUID

import typer

from channels.up.stored import store_session
from crm_store.agents.repository import AgentRepository
from crm_store.agents.service import tidy
from crm_store.audit.chain import Break
from crm_store.audit.models import AuditEntry
from crm_store.audit.repository import AuditRepository
from crm_store.errors import UnknownAgent, UnknownCustomer
from crm_store.privacy.requests import ErasureRepository

app = typer.Typer(help="Who has looked at or changed what.", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """Who has looked at or changed what."""


@app.command()
def show(
    customer: Annotated[str | None, typer.Option(help="Of a customer, such as C-1001.")] = None,
    agent: Annotated[str | None, typer.Option(help="Of an agent, by their login.")] = None,
    most: Annotated[int, typer.Option(min=1, help="How many of the newest.")] = 50,
) -> None:
    """Print entries, the newest last."""
    try:
        entries = asyncio.run(_found(customer, agent, most))
    except UnknownCustomer:
        _give_up(f"There is no customer {customer}.")
    except UnknownAgent:
        _give_up(f"There is no agent {agent}.")
    for entry in entries:
        typer.echo(_line(entry))


@app.command()
def verify(
    head: Annotated[
        str | None,
        typer.Option(help="NUMBER:DIGEST as printed before: what is cut off at the end shows."),
    ] = None,
) -> None:
    """Check that nothing in the log was changed or taken out; its end is printed, to be noted."""
    noted = _noted(head) if head is not None else None
    broken, last, there = asyncio.run(_verified(noted))
    for one in broken:
        typer.echo(f"Entry {one.number}: {one.why}.", err=True)
    if not there:
        typer.echo("The entry that was noted is not there any more.", err=True)
    if broken or not there:
        raise typer.Exit(1)
    if last is None:
        typer.echo("The log is empty.")
    else:
        typer.echo(f"The log is whole. Its end: {last.number}:{last.digest}")


async def _found(customer: str | None, agent: str | None, most: int) -> Sequence[AuditEntry]:
    async with store_session() as session:
        whose = None
        if customer is not None:
            whose = await ErasureRepository(session).customer_numbered(customer)
        actor = None
        if agent is not None:
            found = await AgentRepository(session).find(tidy(agent))
            if found is None:
                raise UnknownAgent(agent)
            actor = str(found.id)
        return await AuditRepository(session).about(customer=whose, actor=actor, most=most)


async def _verified(
    noted: tuple[int, str] | None,
) -> tuple[list[Break], AuditEntry | None, bool]:
    async with store_session() as session:
        log = AuditRepository(session)
        broken = [one async for one in log.breaks()]
        there = None if noted is None else await log.entry(noted[0])
        found = noted is None or (there is not None and there.digest == noted[1])
        return broken, await log.last(), found


def _line(entry: AuditEntry) -> str:
    about = [f"{name} {one}" for name, one in _subjects(entry) if one is not None]
    facts = [f"{name}={value}" for name, value in entry.facts.items()]
    moment = entry.at.isoformat(timespec="seconds")
    return "  ".join([str(entry.number), moment, entry.actor, entry.deed, *about, *facts])


def _subjects(entry: AuditEntry) -> list[tuple[str, UUID | None]]:
    return [("conversation", entry.conversation_id), ("customer", entry.customer_id)]


def _noted(head: str) -> tuple[int, str]:
    number, _, digest = head.partition(":")
    if not (number.isdigit() and digest):
        _give_up("An end is noted as NUMBER:DIGEST.")
    return int(number), digest


def _give_up(trouble: str) -> NoReturn:
    typer.echo(trouble, err=True)
    raise typer.Exit(1)
