"""The log says what happened and where, never what a customer said."""

import logging
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict

Failure = tuple[type[BaseException], BaseException, TracebackType | None]


class Confidential(logging.Formatter):
    """Writes an error's kind and place; its words may quote a customer."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging names it so
        """Return the chain of errors as kinds and places."""
        return "\n".join(_places(ei[1]))


def _places(error: BaseException | None) -> list[str]:
    if error is None:
        return []
    frames = traceback.extract_tb(error.__traceback__)
    here = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return [*_places(error.__cause__ or error.__context__), type(error).__name__, *here]


def only_the_event(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Drop what Rasa attaches to its log lines: texts, entities, slots, local variables."""
    return {"event": event.get("event"), "exc_info": event.get("exc_info")}


def keep_confidential() -> None:
    """Set up both ways in which Rasa logs, after Rasa has set them up its own way."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(Confidential())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            only_the_event,
            structlog.stdlib.render_to_log_kwargs,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
