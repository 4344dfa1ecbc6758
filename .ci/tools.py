"""The project's own tools, and what every set-up step needs."""

import hashlib
import subprocess
import sys
import venv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"


@cache
def uv() -> str:
    """Return uv, from the package index into an environment of the project's own."""
    program = TOOLS / "bin" / "uv"
    if not program.exists():
        venv.create(TOOLS, with_pip=True, clear=True)
        run(TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "uv")
    return str(program)


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a command and show what it says; set-up stops where one fails."""
    result = subprocess.run([str(word) for word in command], cwd=cwd, stdin=subprocess.DEVNULL)
    if result.returncode != 0:
        sys.exit(f"\nset-up stopped: `{' '.join(map(str, command))}` failed, see above")


def says(*command: str | Path) -> str | None:
    """Return what a command prints, or None where it does not work."""
    try:
        result = subprocess.run(
            [str(word) for word in command],
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
    except OSError:
        return None
    return result.stdout.strip() if result.returncode == 0 else None


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """Return a hash of files and words: the same again means nothing to do."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    for word in words:
        digest.update(word.encode() + b"\0")
    return digest.hexdigest()


def is_stamped(stamp: Path, mark: str) -> bool:
    """Tell whether a step was finished for exactly these inputs."""
    return stamp.exists() and stamp.read_text() == mark
