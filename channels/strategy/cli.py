"""`rapport policy`: what the shop has decided, read and changed section by section."""

import asyncio
import json
from typing import Annotated, Literal

import typer
from pydantic import ValidationError

from channels.strategy.writing import NoSection, as_toml, read
from channels.up.stored import store_session
from crm_store.audit.repository import CONSOLE, AuditRepository
from crm_store.base import Json, utc_now
from crm_store.strategy.policies import Policies
from crm_store.strategy.repository import PolicyRepository

SECTIONS = tuple(Policies.model_fields)

app = typer.Typer(help="What the shop has decided: hours, fees, deadlines.", no_args_is_help=True)
Section = Annotated[str, typer.Argument(help=f"One of {', '.join(SECTIONS)}.")]


@app.callback()
def policy() -> None:
    """What the shop has decided: hours, fees, deadlines."""


@app.command()
def show(
    section: Annotated[str | None, typer.Argument(help="A section; all without it.")] = None,
    form: Annotated[Literal["toml", "json"], typer.Option("--as", help="toml or json.")] = "toml",
) -> None:
    """Print the policies as they are now, ready to be changed and set again."""
    if section is not None:
        _demand(section)
    rules = asyncio.run(_current())
    chosen = {section: rules[section]} if section else rules
    if form == "json":
        typer.echo(json.dumps(chosen, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(as_toml(name, part) for name, part in chosen.items()), nl=False)


@app.command("set")
def set_(
    section: Section,
    file: Annotated[str, typer.Argument(help="TOML or JSON; - reads standard input.")],
) -> None:
    """Replace a section with what a file says; a mistake in it changes nothing."""
    _demand(section)
    try:
        asyncio.run(_change(section, read(section, file)))
    except (NoSection, OSError) as trouble:
        _give_up(f"{file}: {trouble}")
    except ValidationError as mistakes:
        _give_up("\n".join(_told(mistakes)))
    typer.echo(f"{section} is changed, from the next message on.")


async def _current() -> dict[str, Json]:
    async with store_session() as session:
        return (await PolicyRepository(session).current()).model_dump(mode="json")


async def _change(section: str, rules: Json) -> None:
    async with store_session() as session:
        await PolicyRepository(session).change(section, rules, at=utc_now())
        await AuditRepository(session).record("policy set", CONSOLE, facts={"section": section})


def _demand(section: str) -> None:
    if section not in SECTIONS:
        _give_up(f"There is no section {section}, only {', '.join(SECTIONS)}.")


def _told(mistakes: ValidationError) -> list[str]:
    """Return each mistake with its place, as whoever wrote the file finds it."""
    return [
        f"{'.'.join(str(part) for part in mistake['loc'])}: {mistake['msg']}"
        for mistake in mistakes.errors()
    ]


def _give_up(trouble: str) -> None:
    typer.echo(trouble, err=True)
    raise typer.Exit(1)
