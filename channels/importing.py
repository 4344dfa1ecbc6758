"""The command `rapport import`: a shop's own data, from files."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from channels.up.database import database
from channels.up.settings import UpSettings
from crm_store.catalogue.encoders import encoder_named
from crm_store.catalogue.placing import place_products
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.imports.intake import Noun, import_file
from crm_store.imports.mapping import RowMapping, UnknownMapping, mapping_named, mapping_names
from crm_store.imports.reading import UnknownFormat
from crm_store.imports.report import Report

SHOWN_REFUSALS = 50

What = Annotated[Noun, typer.Argument(help="What the file holds.")]
File = Annotated[Path, typer.Argument(help="CSV, JSON lines or JSON.", exists=True, dir_okay=False)]
Mapping = Annotated[
    str | None,
    typer.Option(help=f"Another system's records: {', '.join(mapping_names())}, or a TOML file."),
]


def import_(what: What, file: File, mapping: Mapping = None) -> None:
    """Bring products, customers or orders into the store; again changes nothing."""
    console = Console(stderr=True)
    try:
        rules = mapping_named(mapping, what) if mapping else None
        report = asyncio.run(_import(what, file, rules, console))
    except (UnknownFormat, UnknownMapping) as trouble:
        console.print(str(trouble), style="bold red")
        raise typer.Exit(2) from None
    _tell(report, console)
    if report.refusals:
        raise typer.Exit(1)


async def _import(what: Noun, file: Path, rules: RowMapping | None, console: Console) -> Report:
    settings = UpSettings()
    async with database(settings.folder, settings.given_database) as url:
        engine = create_engine(url, connections=2)
        try:
            with _bars(console) as bars:
                return await _bring(
                    what, file, rules, sessions=create_session_factory(engine), bars=bars
                )
        finally:
            await engine.dispose()


async def _bring(
    what: Noun, file: Path, rules: RowMapping | None, *, sessions: SessionFactory, bars: Progress
) -> Report:
    rows = _bar(bars, f"{what} from {file.name}")
    report = await import_file(what, file, sessions, mapping=rules, progress=rows)
    if what is Noun.products:
        # Suggestions find a product by its meaning, which takes longer than bringing it in.
        encoder = await asyncio.to_thread(encoder_named, UpSettings().rapport_encoder)
        await place_products(sessions, encoder, _bar(bars, "understanding their texts"))
    return report


def _bars(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def _bar(bars: Progress, title: str) -> Callable[[int, int], None]:
    task = bars.add_task(title, total=None)

    def show(done: int, of: int) -> None:
        bars.update(task, completed=done, total=of)

    return show


def _tell(report: Report, console: Console) -> None:
    counts = [f"{number} {change}" for change, number in sorted(report.changes.items())]
    console.print(", ".join([*counts, f"{len(report.refusals)} refused"]))
    for refusal in report.refusals[:SHOWN_REFUSALS]:
        console.print(f"line {refusal.line}: {refusal.reason}", style="red", markup=False)
    hidden = len(report.refusals) - SHOWN_REFUSALS
    if hidden > 0:
        console.print(f"and {hidden} more", style="red")
