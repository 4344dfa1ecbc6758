"""Which Python each environment is built with."""

import platform
import sys
from pathlib import Path

from tools import run, says, uv

_VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"


def product_python() -> str:
    """Return a Python 3.11, which the locks are made for."""
    if platform.python_version().startswith("3.11."):
        return sys.executable
    return "3.11"  # uv finds one, or fetches it


def rasa_python() -> str:
    """Return a Python 3.10 that works, the newest that Rasa 3.6 runs on."""
    for candidate in ("python3.10", *_pyenv_pythons()):
        if says(candidate, "-c", _VERSION) == "3.10":
            return candidate
    run(uv(), "python", "install", "3.10")
    return "3.10"


def _pyenv_pythons() -> list[str]:
    # A shim of pyenv may be on the path and still refuse, so its versions are looked up.
    root = says("pyenv", "root")
    if root is None:
        return []
    return [str(path) for path in sorted(Path(root).glob("versions/3.10*/bin/python3.10"))]
