"""Brings rows into the store in batches; what cannot be taken is reported and left out."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from crm_store.base import utc_now
from crm_store.catalogue.placing import Progress, silent
from crm_store.db import SessionFactory
from crm_store.imports.customers import CustomerIntake
from crm_store.imports.mapping import RowMapping
from crm_store.imports.orders import OrderIntake
from crm_store.imports.products import ProductIntake
from crm_store.imports.reading import Record, Unreadable, records
from crm_store.imports.report import Change, Report, RowRefused
from crm_store.imports.repository import ImportRepository

BATCH = 500
RowT = TypeVar("RowT", bound=BaseModel)
Numbered = tuple[int, RowT]


class Noun(StrEnum):
    """What can be imported."""

    products = "products"
    customers = "customers"
    orders = "orders"


class Intake(Protocol[RowT]):
    """Takes rows of one kind."""

    row: type[RowT]

    async def prepare(self, rows: Sequence[RowT]) -> None:
        """Look up all that a batch of rows may touch."""

    def take(self, row: RowT) -> Change:
        """Take one row of the batch, or raise RowRefused."""
        ...


async def import_file(
    noun: Noun,
    path: Path,
    sessions: SessionFactory,
    *,
    mapping: RowMapping | None = None,
    progress: Progress = silent,
) -> Report:
    """Bring a file's rows into the store; bringing it again changes nothing."""
    of = sum(1 for _ in records(path))
    return await import_records(
        noun, records(path), sessions, mapping=mapping, progress=lambda done, _: progress(done, of)
    )


async def import_records(
    noun: Noun,
    found: Iterable[Record | Unreadable],
    sessions: SessionFactory,
    *,
    mapping: RowMapping | None = None,
    progress: Progress = silent,
) -> Report:
    """Bring records into the store, a batch in a transaction."""
    report = Report()
    done = 0
    for batch in _batches(found):
        async with sessions.begin() as session:
            repository = ImportRepository(session)
            await repository.one_at_a_time()
            intake = _intake(noun, repository)
            await _take(intake, batch, mapping, report)
            match intake:
                case ProductIntake():
                    await intake.tell_who_waits(at=utc_now())
                case OrderIntake():
                    await intake.tell_suggestions()
                    await intake.learn(at=utc_now())
        done += len(batch)
        progress(done, done)
    return report


def _intake(noun: Noun, repository: ImportRepository) -> Intake[Any]:
    match noun:
        case Noun.products:
            return ProductIntake(repository)
        case Noun.customers:
            return CustomerIntake(repository)
        case Noun.orders:
            return OrderIntake(repository)


async def _take(
    intake: Intake[RowT],
    batch: Iterable[Record | Unreadable],
    mapping: RowMapping | None,
    report: Report,
) -> None:
    rows = [
        row for record in batch for row in _rows(record, intake.row, mapping=mapping, report=report)
    ]
    await intake.prepare([row for _, row in rows])
    for line, row in rows:
        try:
            report.changes[intake.take(row)] += 1
        except RowRefused as refused:
            report.refuse(line, str(refused))


def _rows(
    record: Record | Unreadable, kind: type[RowT], *, mapping: RowMapping | None, report: Report
) -> Iterator[Numbered[RowT]]:
    if isinstance(record, Unreadable):
        report.refuse(record.line, record.reason)
        return
    for content in mapping.apply(record) if mapping else [record.content]:
        try:
            yield record.line, kind.model_validate(content)
        except ValidationError as error:
            report.refuse(record.line, _reason(error))


def _reason(error: ValidationError) -> str:
    # Says which column and which rule, never what stands there: it may be a customer's.
    return "; ".join(
        ": ".join(filter(None, (".".join(map(str, found["loc"])), found["msg"])))
        for found in error.errors(include_input=False, include_url=False)
    )


def _batches(
    found: Iterable[Record | Unreadable],
) -> Iterator[Sequence[Record | Unreadable]]:
    waiting = iter(found)
    while batch := list(islice(waiting, BATCH)):
        yield batch
