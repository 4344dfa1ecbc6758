"""What a person at the terminal sees of it all."""

import sys
from collections import defaultdict
from collections.abc import Mapping
from itertools import cycle

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from channels.up.noise import Warnings
from channels.up.stack import Stack

COLOURS: Mapping[str, str] = {
    "up": "bold",
    "demo": "blue",
    "train": "magenta",
    "bot": "cyan",
    "actions": "green",
    "channels": "yellow",
}
_WIDTH = max(map(len, COLOURS))


class Terminal:
    """Shows each program's lines behind its name, in its colour."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(file=sys.stdout, highlight=False, soft_wrap=True)
        self._warnings = defaultdict[str, Warnings](Warnings)
        self._spare = cycle(["white", "red"])

    def tell(self, name: str, line: str) -> None:
        """Show a line, unless it is a library's warning to developers."""
        if self._warnings[name].include(line):
            return
        shown = Text(f"{name:<{_WIDTH}} │ ", style=COLOURS.get(name) or next(self._spare))
        # Programs colour their lines themselves.
        shown.append_text(Text.from_ansi(line))
        self._console.print(shown)

    def show_addresses(self, stack: Stack) -> None:
        """Say where everything is, once it is there."""
        title = Text("Rapport is running", style="bold green")
        self._console.print()
        self._console.print(Panel.fit(_addresses(stack), title=title, padding=(1, 3)))

    def show_trouble(self, trouble: str) -> None:
        """Say why it does not run."""
        self._console.print(Text(trouble, style="bold red"))


def _addresses(stack: Stack) -> Table:
    table = Table.grid(padding=(0, 2))
    if stack.is_demo:
        table.add_row("Shop with the chat", f"{stack.url}/")
        table.add_row("Phone simulator", f"{stack.url}/demo/phone")
        table.add_row("Codes sent to customers", f"{stack.url}/demo/outbox")
    table.add_row("Agents' desk", f"{stack.url}/desk")
    if stack.login:
        table.add_row("  login", stack.login.name)
        table.add_row("  password", stack.login.password or "(shown at the first start)")
        if not stack.login.password:
            table.add_row("  another one", f".venv/bin/rapport agent password {stack.login.name}")
    table.add_row("Stop", "Ctrl-C")
    return table
