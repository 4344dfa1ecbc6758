"""The command `rapport import`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from channels.up.database import database
from channels.up.settings import UpSettings
from crm_store.catalogue.encoders import encoder_named
from crm_store.catalogue.placing import Progress as Told
from crm_store.catalogue.placing import place_products
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.imports.intake import Noun, import_file
from crm_store.imports.mapping import RowMapping, UnknownMapping, mapping_named
from crm_store.imports.reading import UnknownFormat
from crm_store.imports.report import Change, Report

MOST_REASONS = 50

What = Annotated[Noun, typer.Argument(help="What the file holds.")]
File = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV, JSON lines or JSON."),
]
MappingName = Annotated[
    str | None,
    typer.Option("--mapping", help="Another system's format: openopus, tau-retail, or a file."),
]


def import_(what: What, file: File, mapping: MappingName = None) -> None:
    """Bring a shop's products, customers or orders into the store; see docs/import.md."""
    screen = Console(highlight=False, soft_wrap=True)
    try:
        mapped = mapping_named(mapping, what.value) if mapping else None
        report = asyncio.run(_import(what, file, mapped, UpSettings(), screen))
    except (UnknownMapping, UnknownFormat) as trouble:
        screen.print(str(trouble), style="red", markup=False)
        raise typer.Exit(2) from None
    _show(report, screen)
    if report.refusals:
        raise typer.Exit(1)


async def _import(
    what: Noun, file: Path, mapping: RowMapping | None, settings: UpSettings, screen: Console
) -> Report:
    async with database(settings.folder, settings.given_database) as url:
        engine = create_engine(url, connections=2)
        try:
            sessions = create_session_factory(engine)
            with _bar(screen, f"importing {what}") as told:
                report = await import_file(what, file, sessions, mapping=mapping, progress=told)
            if what is Noun.products:
                await _place(sessions, settings.rapport_encoder, screen)
        finally:
            await engine.dispose()
    return report


async def _place(sessions: SessionFactory, name: str, screen: Console) -> None:
    encoder = await asyncio.to_thread(encoder_named, name)
    with _bar(screen, "understanding texts") as told:
        await place_products(sessions, encoder, told)


@contextmanager
def _bar(screen: Console, title: str) -> Iterator[Told]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=screen) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)


def _show(report: Report, screen: Console) -> None:
    for refusal in report.refusals[:MOST_REASONS]:
        screen.print(f"line {refusal.line}: {refusal.reason}", style="yellow", markup=False)
    hidden = len(report.refusals) - MOST_REASONS
    if hidden > 0:
        screen.print(f"… and {hidden} more", style="yellow")
    counts = [f"{report.changes[change]} {change}" for change in Change]
    screen.print(", ".join([*counts, f"{len(report.refusals)} refused"]))
