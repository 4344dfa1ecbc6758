"""What is wrong with a login."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from actions.asks.choice import ChoiceAsk
from actions.base import ActionTurn
from crm_store.base import Json

TITLES: Final = {
    "password": "utter_choice_login_password",
    "locked": "utter_choice_login_locked",
    "mail_missing": "utter_choice_login_mail_missing",
    "other": "utter_choice_login_other",
}


class LoginAsk(ChoiceAsk):
    """One of the few problems that people have with a login, told by its words."""

    def __init__(self) -> None:
        super().__init__(
            "problem",
            "utter_login_ask",
            TITLES,
            again="utter_login_ask_again",
            takes=("login_problem", "create_account", "edit_account"),
        )

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the problem that the words name, where none is known."""
        return None if self.name in given or turn.chosen else problem_in(turn.text)


def problem_in(text: str) -> str | None:
    """Return which problem a text names."""
    return next((name for name, said in _said().items() if said.search(text)), None)


@cache
def _said() -> Mapping[str, re.Pattern[str]]:
    lists = tomllib.loads(files("actions").joinpath("login_problems.toml").read_text("utf-8"))
    return {
        name: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
        for name, words in lists.items()
    }
