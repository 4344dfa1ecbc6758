"""Everything that a fresh clone lacks. A second run finds it all there and says so."""

import json
import shutil
import subprocess
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import frontend
from interpreters import product_python, rasa_python
from tools import ROOT, TOOLS, fingerprint, is_stamped, run, uv

PRODUCT = ROOT / ".venv"
RASA = ROOT / ".venv-bot"
TORCH = "torch==2.13.0"
TORCH_FOR_CPU = "https://download.pytorch.org/whl/cpu"


def main() -> None:
    """Do what is missing, in order, and say which step is running."""
    wanted = [*STEPS, *PAGES] if frontend.exists() else STEPS
    steps = [step for step in wanted if step.is_missing()]
    for number, step in enumerate(steps, start=1):
        print(f"[{number}/{len(steps)}] {step.title}", flush=True)
        step.do()
    print("Everything is set up." if steps else "Everything is set up already.", flush=True)


class Step:
    """One thing to have, the inputs that it depends on, and how to get it."""

    def __init__(
        self, title: str, *, stamp: Path, mark: Callable[[], str], build: Callable[[], None]
    ) -> None:
        self.title = title
        self._stamp = stamp
        self._mark = mark
        self._build = build

    def is_missing(self) -> bool:
        """Tell whether this has to be done, for these inputs."""
        return not is_stamped(self._stamp, self._mark())

    def do(self) -> None:
        """Do it; only a finished step is marked as done."""
        mark = self._mark()
        self._stamp.unlink(missing_ok=True)
        self._build()
        self._stamp.parent.mkdir(parents=True, exist_ok=True)
        self._stamp.write_text(mark)


def product_inputs() -> str:
    """Return a hash of the locks and of what pyproject.toml says for installing."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    # The settings of linters and tests change often, and change no environment.
    installing = json.dumps([declared["build-system"], declared["project"]], sort_keys=True)
    return fingerprint(
        [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"], TORCH, installing
    )


def rasa_inputs() -> str:
    """Return a hash of the lock of Rasa's environment."""
    return fingerprint([ROOT / "bot" / "requirements.txt"])


def build_product() -> None:
    """Make the environment of channels, actions, store and tests."""
    python = make_environment(PRODUCT, product_python())
    run(python, "-m", "pip", "install", TORCH, *torch_source(python))
    install(python, "-r", "requirements.txt", "-r", "requirements-dev.txt")
    install(python, "--editable", ".")


def build_rasa() -> None:
    """Make the environment of the bot."""
    python = make_environment(RASA, rasa_python())
    install(python, "-r", "bot/requirements.txt")


def make_environment(folder: Path, interpreter: str) -> Path:
    """Make a fresh environment with pip in it, and return its Python."""
    run(uv(), "venv", "--quiet", "--clear", "--seed", "--python", interpreter, folder)
    return folder / "bin" / "python"


def install(python: Path, *what: str) -> None:
    """Install exactly what is named: the locks are complete."""
    run(uv(), "pip", "install", "--no-deps", "--python", python, *what)


def torch_source(python: Path) -> list[str]:
    """Return where pip may look for a build of torch that fits the machine."""
    if shutil.which("nvidia-smi") or _pip_has_builds_at_hand(python) or not _answers(TORCH_FOR_CPU):
        return []
    return ["--extra-index-url", TORCH_FOR_CPU]


def _pip_has_builds_at_hand(python: Path) -> bool:
    settings = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    )
    return "find-links" in settings.stdout


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/torch/", timeout=3):
            return True
    except (urllib.error.URLError, TimeoutError):
        return False


STEPS = [
    Step(
        "Tools (uv)",
        stamp=TOOLS / ".built",
        mark=lambda: "uv",
        build=lambda: print(f"      {uv()}"),
    ),
    Step(
        "The product's environment, Python 3.11 (.venv)",
        stamp=PRODUCT / ".built",
        mark=product_inputs,
        build=build_product,
    ),
    Step(
        "Rasa's environment, Python 3.10 (.venv-bot)",
        stamp=RASA / ".built",
        mark=rasa_inputs,
        build=build_rasa,
    ),
]
PAGES = [
    Step(
        "Packages of the chat widget, the desk and the phone pages",
        stamp=frontend.FOLDER / "node_modules" / ".fetched",
        mark=frontend.packages,
        build=frontend.fetch,
    ),
    Step(
        "The chat widget, the desk and the phone pages",
        stamp=frontend.FOLDER / "node_modules" / ".built",
        mark=frontend.sources,
        build=frontend.build,
    ),
]


if __name__ == "__main__":
    main()
