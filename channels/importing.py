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
from crm_store.catalogue.placing import count_words, place_products
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.errors import EncoderMissing
from crm_store.imports.intake import Noun, import_file
from crm_store.imports.mapping import RowMapping, UnknownMapping, mapping_named, mapping_names
from crm_store.imports.reading import UnknownFormat
from crm_store.imports.report import Report

SHOWN_REFUSALS = 50
REFUSED = 1
TEXTS_LEFT = 3
INTERRUPTED = 130

What = Annotated[Noun, typer.Argument(help="What the file holds.")]
File = Annotated[Path, typer.Argument(help="CSV, JSON lines or JSON.", exists=True, dir_okay=False)]
Mapping = Annotated[
    str | None,
    typer.Option(help=f"Another system's records: {', '.join(mapping_names())}, or a TOML file."),
]


def import_(what: What, file: File, mapping: Mapping = None) -> None:
    """Bring products, customers or orders into the store; again changes nothing.

    Ends with 1 if rows were refused, and with 3 if texts are left to be understood.
    """
    console = Console(stderr=True)
    try:
        rules = mapping_named(mapping, what) if mapping else None
        report, left = asyncio.run(_import(what, file, rules, console))
    except (UnknownFormat, UnknownMapping) as trouble:
        console.print(str(trouble), style="bold red")
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        console.print("Interrupted. What is in stays; the same command goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    _tell(report, console)
    if left:
        console.print(left, style="bold yellow", markup=False, soft_wrap=True)
    if report.refusals or left:
        raise typer.Exit(REFUSED if report.refusals else TEXTS_LEFT)


async def _import(
    what: Noun, file: Path, rules: RowMapping | None, console: Console
) -> tuple[Report, str | None]:
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
) -> tuple[Report, str | None]:
    rows = _bar(bars, f"{what} from {file.name}")
    report = await import_file(what, file, sessions, mapping=rules, progress=rows)
    if what is not Noun.products:
        return report, None
    # Suggestions find a product by its meaning, which takes longer than bringing it in.
    return report, await _understand(sessions, bars)


async def _understand(sessions: SessionFactory, bars: Progress) -> str | None:
    """Place the products' texts, or return why some are left."""
    setting = UpSettings().rapport_encoder
    try:
        encoder = await asyncio.to_thread(encoder_named, setting)
    except EncoderMissing as missing:
        await count_words(sessions)
        return (
            f"The encoder {setting} cannot be loaded: {missing.__cause__}\n"
            "The products are in, and found by words. Import again, or start the shop again,"
            " when it can be loaded."
        )
    await place_products(sessions, encoder, _bar(bars, "understanding their texts"))
    return None


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
