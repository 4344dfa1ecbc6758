"""Starts the assistant, as `rasa run` does, without what its pipeline never uses."""

import argparse
from pathlib import Path

from bot.without import leave_out_what_is_unused

ROOT = Path(__file__).resolve().parents[1]
BOT = ROOT / "bot"


def main() -> None:
    """Serve the model that is named until told to stop."""
    asked = _asked()
    leave_out_what_is_unused(ROOT / "config.yml")
    # Only now, as Rasa imports all of it along with itself.
    from rasa.core.run import serve_application  # noqa: PLC0415
    from rasa.core.utils import AvailableEndpoints  # noqa: PLC0415
    from rasa.utils.common import configure_logging_and_warnings  # noqa: PLC0415
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415

    from bot.action_server import ask  # noqa: PLC0415
    from bot.reading_yaml import read_in_linear_time, trust_the_model  # noqa: PLC0415

    read_in_linear_time()
    trust_the_model()
    configure_logging_and_warnings()
    configure_structlog()
    endpoints = AvailableEndpoints.read_endpoints(str(BOT / "endpoints.yml"))
    endpoints.action = ask(endpoints.action)
    serve_application(
        model_path=asked.model,
        interface=asked.interface,
        port=asked.port,
        credentials=str(BOT / "credentials.yml"),
        endpoints=endpoints,
        enable_api=False,
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bot", description=__doc__)
    parser.add_argument("--model", required=True, help="the trained model")
    parser.add_argument("--interface", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    return parser.parse_args()


if __name__ == "__main__":
    main()
