"""Ends what we started, should we be killed before we could.

A process of its own that holds one end of a pipe. It hears which process groups there are,
and when the pipe breaks, which no kill can prevent, it ends those that are left. This file is
also the program that it runs, so it needs nothing but Python itself.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

GRACE = 5.0


class Guard:
    """Knows what must not outlive this process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this very file
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is not meant for it
        )

    def watch(self, group: int, *, end_by: signal.Signals = signal.SIGTERM) -> None:
        """Have a process group ended, by this signal, if we are gone."""
        self._tell(f"watch {group} {end_by.value}")

    def forget(self, group: int) -> None:
        """Take back `watch`: the group has ended."""
        self._tell(f"forget {group}")

    def close(self) -> None:
        """End the guard, and with it whatever it still watches."""
        if self._process.stdin and not self._process.stdin.closed:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()

    def _tell(self, line: str) -> None:
        if self._process.stdin is None or self._process.stdin.closed:
            return
        # A guard that was killed cannot help, and is no reason to stop serving customers.
        with suppress(BrokenPipeError):
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()


def main(lines: Iterable[str]) -> None:
    """Listen until nobody speaks any more, then end what is left, the last one first."""
    watched: dict[int, int] = {}
    for line in lines:
        match line.split():
            case ["watch", group, number]:
                watched[int(group)] = int(number)
            case ["forget", group]:
                watched.pop(int(group), None)
    for last, end_by in reversed(watched.items()):
        _end(last, end_by)


def _end(group: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        patience = time.monotonic() + GRACE
        while time.monotonic() < patience:
            os.killpg(group, 0)
            time.sleep(0.05)
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.stdin)
