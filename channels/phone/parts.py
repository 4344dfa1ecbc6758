"""What those who hold calls are built of; a route asks for them by their classes."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from channels.dependencies import (
    TheHints,
    TheHub,
    TheRecordings,
    TheSessions,
    TheSettings,
    TheTurns,
)
from channels.phone.codes import ChatCodes
from channels.phone.patience import Patience, usual_patience
from channels.phone.permission import Permission
from channels.phone.spoken_codes import SpokenCodes

ThePatience = Annotated[Patience, Depends(usual_patience)]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a call may need."""

    settings: TheSettings
    turns: TheTurns
    sessions: TheSessions
    hub: TheHub
    patience: ThePatience
    recordings: TheRecordings
    hints: TheHints

    @property
    def codes(self) -> ChatCodes:
        """Return what lets calls go on with chats."""
        secret = self.settings.rapport_secret.get_secret_value()
        return ChatCodes(secret, sessions=self.sessions, hub=self.hub)

    @property
    def permission(self) -> Permission:
        """Return what takes answers to whether a call may be recorded."""
        return Permission(
            turns=self.turns, sessions=self.sessions, hub=self.hub, recordings=self.recordings
        )

    @property
    def spoken_codes(self) -> SpokenCodes:
        """Return what keeps spoken codes from the record."""
        return SpokenCodes(self.sessions, self.hub)


TheParts = Annotated[Parts, Depends()]
