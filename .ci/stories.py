"""Play the bot's stories against its model, with Rasa's own test runner."""

import asyncio
import os
import subprocess
import sys
import tempfile

from channels.up.guard import Guard
from channels.up.places import RASA_PYTHON, ROOT
from channels.up.programs import QUIET_RASA
from channels.up.training import trained_model

STORIES = ROOT / "tests" / "stories"


def main() -> int:
    """Return 0 when the bot does what every story tells."""
    if not any(STORIES.glob("**/*.yml")):
        print("no stories yet")
        return 0
    guard = Guard()
    try:
        model = asyncio.run(trained_model(tell=lambda _, line: print(line), guard=guard))
    finally:
        guard.close()
    return play(str(model))


def play(model: str) -> int:
    """Have Rasa predict each step; its reports are of no use once they are read."""
    with tempfile.TemporaryDirectory() as reports:
        played = subprocess.run(
            [
                *(str(RASA_PYTHON), "-m", "rasa", "test", "core", "--model", model),
                *("--stories", str(STORIES), "--out", reports, "--fail-on-prediction-errors"),
            ],
            cwd=ROOT,
            env={**os.environ, **QUIET_RASA},
            stdin=subprocess.DEVNULL,
        )
    return played.returncode


if __name__ == "__main__":
    sys.exit(main())
