"""`rapport suggestions`: how many are taken, and whether they help."""

import asyncio
from datetime import date, datetime
from typing import Annotated, Literal

import typer

from channels.proof.writing import as_json, as_text
from channels.up.stored import store_session
from crm_store.proof.report import Report, suggestions_report

app = typer.Typer(help="What comes of suggestions.", no_args_is_help=True)


@app.callback()
def suggestions() -> None:
    """What comes of suggestions."""


@app.command("report")
def report_(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="A day of the shop's; from the first without it."),
    ] = None,
    form: Annotated[Literal["text", "json"], typer.Option("--as", help="text or json.")] = "text",
) -> None:
    """Tell how many suggestions were taken, and what differs from the control group."""
    found = asyncio.run(_report(since.date() if since else None))
    typer.echo(as_json(found) if form == "json" else as_text(found))


async def _report(since: date | None) -> Report:
    async with store_session() as session:
        return await suggestions_report(session, since=since)
