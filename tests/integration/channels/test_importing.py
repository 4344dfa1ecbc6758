import asyncio
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from channels.cli import app
from crm_store.catalogue.models import Product, ProductText, ProductVector, VectorSpace
from crm_store.db import SessionFactory
from crm_store.imports.intake import Noun, import_file
from crm_store.imports.report import Change, Report

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

RAPPORT = Path(sys.executable).with_name("rapport")
MANY = 3_000
"""So many that placing them takes longer than seeing that it has begun."""
BEGINNING_SECONDS = 120


@pytest.fixture(autouse=True)
def _our_store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("RAPPORT_ENCODER", "use")


async def test_products_come_in_though_the_encoder_cannot_be_loaded(
    sessions: SessionFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_ENCODER", str(tmp_path))

    told = await _import(_file(tmp_path, range(3)))
    again = await _import(_file(tmp_path, range(3)))

    assert (told.exit_code, again.exit_code) == (3, 3)
    assert "3 added, 0 refused" in told.output
    assert "cannot be loaded" in told.output
    assert "Traceback" not in told.output
    assert await _count(sessions, Product) == 3


async def test_a_refused_row_is_told_before_all_else(
    sessions: SessionFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_ENCODER", str(tmp_path))
    file = _file(tmp_path, range(2))
    file.write_text(file.read_text() + "no record\n")

    assert (await _import(file)).exit_code == 1


async def test_an_interrupted_import_goes_on_where_it_stopped(
    sessions: SessionFactory, tmp_path: Path
) -> None:
    file = _file(tmp_path, range(MANY), description_en="An opera in four acts. " * 10)
    running = await _started(file)
    await _until_some_are_placed(sessions)
    running.send_signal(signal.SIGINT)
    _, said = await running.communicate()
    some = await _count(sessions, ProductVector)

    rest = await _import(file)

    assert running.returncode == 130
    assert b"Interrupted." in said
    assert b"Traceback" not in said
    assert 0 < some < MANY
    assert rest.exit_code == 0
    assert f"{MANY - some}/{MANY - some}" in rest.output
    assert await _count(sessions, ProductVector) == MANY


async def test_two_imports_of_one_file_at_once_end_well(
    sessions: SessionFactory, tmp_path: Path
) -> None:
    file = _file(tmp_path, range(60))

    told = await asyncio.gather(_to_the_end(file), _to_the_end(file))

    assert [code for code, _ in told] == [0, 0]
    assert not [said for _, said in told if "Traceback" in said]
    assert await _count(sessions, Product) == 60
    assert await _count(sessions, ProductText) == await _count(sessions, ProductVector) == 60
    assert await _count(sessions, VectorSpace) == 1


async def test_imports_of_overlapping_files_at_once_lose_nothing_and_add_nothing_twice(
    sessions: SessionFactory, tmp_path: Path
) -> None:
    forth = _file(tmp_path, range(1500))
    back = _file(tmp_path, range(2000, 400, -1), stock=2)

    told = await asyncio.gather(
        *(import_file(Noun.products, file, sessions) for file in (forth, back, forth, back))
    )

    assert _changes(told)[Change.added] == 2001
    assert not [refusal for report in told for refusal in report.refusals]
    assert await _count(sessions, Product) == await _count(sessions, ProductText) == 2001


def _changes(told: Iterable[Report]) -> Counter[Change]:
    return sum((report.changes for report in told), Counter())


def _file(folder: Path, numbers: range, *, stock: int = 1, **said: str) -> Path:
    file = folder / f"products-{numbers.start}-{stock}.jsonl"
    plain = {"price": 9, "currency": "EUR", "stock": stock}
    rows = ({"sku": f"W-{n}", "title_en": f"Opera {n}", **plain, **said} for n in numbers)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


async def _import(file: Path) -> Result:
    # The command has an event loop of its own.
    return await asyncio.to_thread(CliRunner().invoke, app, ["import", "products", str(file)])


async def _started(file: Path) -> Process:
    return await asyncio.create_subprocess_exec(
        *(RAPPORT, "import", "products", file),
        stdout=DEVNULL,
        stderr=PIPE,
        # Where tests run in several processes these ignore it, and whatever they start with them.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


async def _to_the_end(file: Path) -> tuple[int | None, str]:
    running = await _started(file)
    _, said = await running.communicate()
    return running.returncode, said.decode()


async def _until_some_are_placed(sessions: SessionFactory) -> None:
    for _ in range(BEGINNING_SECONDS * 20):
        if await _count(sessions, ProductVector):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nothing was placed")


async def _count(sessions: SessionFactory, table: type) -> int:
    async with sessions() as session:
        return (await session.execute(select(func.count()).select_from(table))).scalar_one()
