"""The command `rapport doctor`."""

import asyncio
from collections.abc import AsyncIterator

import typer
from rich.console import Console

from channels.doctor.findings import Finding, Verdict
from channels.doctor.installation import installation
from channels.doctor.line import line
from channels.doctor.settings import DoctorSettings
from channels.doctor.store import store

COLOURS = {Verdict.fine: "green", Verdict.mend: "red", Verdict.unknown: "yellow"}


def doctor() -> None:
    """Look over the whole installation; ends with status 1 where something is to be mended."""
    console = Console()
    if not asyncio.run(_look(DoctorSettings(), console)):
        raise typer.Exit(1)


async def _look(settings: DoctorSettings, console: Console) -> bool:
    well = True
    async for finding in _findings(settings):
        _show(finding, console)
        well = well and finding.verdict is not Verdict.mend
    return well


async def _findings(settings: DoctorSettings) -> AsyncIterator[Finding]:
    for looked_at in (installation(settings), store(settings), line(settings)):
        async for finding in looked_at:
            yield finding


def _show(finding: Finding, console: Console) -> None:
    console.print(f"{finding.verdict:<12}", style=COLOURS[finding.verdict], end="")
    told = f": {finding.advice}" if finding.advice else ""
    console.print(f"{finding.what}{told}", markup=False, highlight=False)
