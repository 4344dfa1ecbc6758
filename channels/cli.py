"""The command `rapport`."""

import warnings

import typer

# Where a machine has no runtime folder, the embedded PostgreSQL uses /tmp: nobody need know.
# It says so while it is imported, hence before the imports below.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")

from channels import importing  # noqa: E402
from channels.audit.cli import app as audit  # noqa: E402
from channels.desk.canned_cli import app as canned  # noqa: E402
from channels.desk.cli import app as agents  # noqa: E402
from channels.doctor import cli as doctor  # noqa: E402
from channels.phone import cli as phone  # noqa: E402
from channels.privacy.cli import app as customers  # noqa: E402
from channels.proof.cli import app as suggestions  # noqa: E402
from channels.simulator import cli as simulator  # noqa: E402
from channels.strategy.cli import app as policies  # noqa: E402
from channels.terminal import command as terminal  # noqa: E402
from channels.torture.cli import app as torture  # noqa: E402
from channels.up import command as up  # noqa: E402

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(up.up)
app.command()(up.train)
app.command()(simulator.call)
app.command()(terminal.chat)
app.command()(doctor.doctor)
app.command("import")(importing.import_)
app.command("phone-fallback")(phone.fallback)
app.add_typer(agents, name="agent")
app.add_typer(audit, name="audit")
app.add_typer(canned, name="canned")
app.add_typer(customers, name="customer")
app.add_typer(policies, name="policy")
app.add_typer(suggestions, name="suggestions")
app.add_typer(torture, name="torture")


@app.callback()
def rapport() -> None:
    """Rapport: one contact channel for chat and phone that knows the customer."""
