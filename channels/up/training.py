"""The bot's model: trained when the files that it is made from have changed."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from channels.up.guard import Guard
from channels.up.places import MODELS, RASA_PYTHON, ROOT
from channels.up.program import Program, Tell, running
from channels.up.programs import QUIET_RASA

SOURCES = (
    *("config.yml", "bot/domain", "bot/data"),
    *("bot/components", "bot/learning", "bot/requirements.txt"),
)
SUFFIXES = {".yml", ".yaml", ".py", ".txt", ".json"}


class TrainingFailed(Exception):  # noqa: N818 - it names a state, not a failure
    """Rasa could not make a model of the bot's files; it has said why."""


def model_path(models: Path = MODELS, root: Path = ROOT) -> Path:
    """Return where the model of the bot's files as they are now lies, or would lie."""
    return models / f"{_fingerprint(root)}.tar.gz"


async def trained_model(*, tell: Tell, guard: Guard, models: Path = MODELS) -> Path:
    """Return the model of the bot's files as they are now, trained first if there is none."""
    with _one_at_a_time(models):
        model = model_path(models)
        if not model.exists():
            await _train(model, tell=tell, guard=guard)
    return model


async def _train(model: Path, *, tell: Tell, guard: Guard) -> None:
    # Under another name until it is whole: a training that was cut short leaves no model.
    unfinished = model.with_name(f"unfinished-{model.name}")
    progress = Progress(tell)
    async with running(_training(unfinished), tell=progress, guard=guard) as process:
        code = await process.wait()
    if code != 0 or not unfinished.exists():
        progress.tell_all()
        raise TrainingFailed(f"rasa train ended with exit status {code}")
    unfinished.rename(model)


def _training(model: Path) -> Program:
    return Program(
        name="train",
        command=(
            *(str(RASA_PYTHON), "-m", "rasa", "train", "--skip-validation"),  # our tests validate
            *("--domain", "bot/domain", "--data", "bot/data", "--config", "config.yml"),
            *("--out", str(model.parent), "--fixed-model-name", model.name),
        ),
        folder=ROOT,
        environment={**QUIET_RASA, "RASA_CACHE_DIRECTORY": str(model.parent / "cache")},
        answers=_never,
    )


class Progress:
    """Tells how far a training is; what else was said matters only if it failed."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._unsaid: list[tuple[str, str]] = []

    def __call__(self, name: str, line: str) -> None:
        """Tell a line if it is about a step of the training."""
        if "rasa.engine.training" in line:
            self._tell(name, line.rsplit(" - ", 1)[-1])
        else:
            self._unsaid.append((name, line))

    def tell_all(self) -> None:
        """Tell what was kept back."""
        for name, line in self._unsaid:
            self._tell(name, line)


async def _never() -> bool:
    return False


@contextmanager
def _one_at_a_time(models: Path) -> Iterator[None]:
    models.mkdir(parents=True, exist_ok=True)
    lock = os.open(models / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _sources(root: Path) -> Iterator[Path]:
    for source in (root / name for name in SOURCES):
        if source.is_file():
            yield source
        yield from sorted(path for path in source.rglob("*") if path.suffix in SUFFIXES)
