"""The three programs that serve customers, and what each is told."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from channels.up.asking import answers
from channels.up.places import PYTHON, RASA_PYTHON, ROOT
from channels.up.ports import LOOPBACK, Ports
from channels.up.program import Program

QUIET_RASA = {
    "RASA_TELEMETRY_ENABLED": "false",
    # What its libraries tell developers is noise to whoever runs a shop.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONPATH": str(ROOT),
    # One sentence at a time is too little to share among cores; the other programs need those.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


def bot(model: Path, *, ports: Ports, environment: Mapping[str, str]) -> Program:
    """Return the assistant: Rasa, on loopback, behind our own connector."""
    return Program(
        name="bot",
        command=(
            *(str(RASA_PYTHON), "-m", "bot", "--model", str(model)),
            *("--interface", LOOPBACK, "--port", str(ports.bot)),
        ),
        folder=ROOT,
        environment={**QUIET_RASA, **environment},
        answers=partial(answers, LOOPBACK, ports.bot),
    )


def actions(*, ports: Ports, environment: Mapping[str, str]) -> Program:
    """Return the bot's hands: its custom actions, on loopback."""
    return Program(
        name="actions",
        command=(str(PYTHON), "-m", "actions.server"),
        folder=ROOT,
        environment={"PYTHONUNBUFFERED": "1", "SANIC_HOST": LOOPBACK, **environment},
        answers=partial(answers, LOOPBACK, ports.actions, "/health"),
    )


def channels(
    host: str, listening: int, *, number: int, ports: Ports, environment: Mapping[str, str]
) -> Program:
    """Return a front: chat, phone, desk and pages, the only one that others may reach.

    All fronts share one socket that is open already: while one dies and starts again, another
    answers, or whoever calls waits for it.
    """
    return Program(
        name="channels" if number == 1 else f"channels-{number}",
        command=(
            *(str(PYTHON), "-m", "uvicorn", "channels.program:create_app", "--factory"),
            *("--fd", str(listening)),
            *("--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "5"),
        ),
        folder=ROOT,
        environment={"PYTHONUNBUFFERED": "1", **environment},
        answers=partial(answers, reachable(host), ports.channels, "/readyz"),
        sockets=(listening,),
    )


def reachable(host: str) -> str:
    """Return an address of this machine under which a listener on `host` is found."""
    return LOOPBACK if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound
