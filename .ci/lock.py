"""Write the lock files anew: versions only, the same on every machine."""

import subprocess
from pathlib import Path

from tools import ROOT, uv

COMPILE = ["pip", "compile", "--quiet", "--universal", "--upgrade", "--no-header", "--no-annotate"]
PRODUCT = ["--python-version", "3.11", "--override", ".ci/torch.txt"]
RASA = ["--python-version", "3.10", "--override", ".ci/rasa.txt"]
NOWHERE = "sys_platform == 'never'"


def main() -> None:
    """Resolve the product, then its tests on top of it, then Rasa's environment."""
    compile_lock("requirements.txt", *PRODUCT, "pyproject.toml")
    compile_lock(
        "requirements-dev.txt", *PRODUCT, "--group", "dev", "--constraint", "requirements.txt"
    )
    compile_lock("bot/requirements.txt", *RASA, "bot/requirements.in")


def compile_lock(lock: str, *inputs: str) -> None:
    """Resolve one set of requirements into a file of pinned versions."""
    print(f"locking {lock}", flush=True)
    target = ROOT / lock
    target.unlink(missing_ok=True)
    subprocess.run([uv(), *COMPILE, *inputs, "--output-file", lock], cwd=ROOT, check=True)
    _leave_out_what_is_never_installed(target)


def _leave_out_what_is_never_installed(lock: Path) -> None:
    lines = lock.read_text().splitlines(keepends=True)
    lock.write_text("".join(line for line in lines if NOWHERE not in line))


if __name__ == "__main__":
    main()
