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

    def watch(self, group: int, *, last: bool = False) -> None:
        """Have a process group ended if we are gone; the last ones when the others have ended."""
        self._tell(f"watch {group} {'last' if last else 'first'}")

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
    """Listen until nobody speaks any more, then end what is left."""
    watched: dict[int, str] = {}
    for line in lines:
        match line.split():
            case ["watch", group, turn]:
                watched[int(group)] = turn
            case ["forget", group]:
                watched.pop(int(group), None)
    _end([group for group, turn in watched.items() if turn == "first"], signal.SIGTERM)
    # The database, by the signal that tells PostgreSQL not to wait for its clients.
    _end([group for group, turn in watched.items() if turn == "last"], signal.SIGINT)


def _end(groups: list[int], number: signal.Signals) -> None:
    left = [group for group in groups if _signal(group, number)]
    patience = time.monotonic() + GRACE
    while left and time.monotonic() < patience:
        time.sleep(0.05)
        left = [group for group in left if _signal(group, 0)]
    for group in left:
        _signal(group, signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    """Tell whether there was anybody to hear it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main(sys.stdin)
