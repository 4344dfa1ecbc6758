"""What a route may ask for, taken from the application's lifespan state.

Coroutines all, since what is none is called in a thread, which costs more than it does.
"""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from channels.desk.common import Common
from channels.hub import Hub
from channels.phone.hints import Hints
from channels.phone.recordings import Recordings
from channels.phone.rest import PhoneCompany
from channels.settings import ChannelSettings
from channels.turn import Turns
from crm_store.db import SessionFactory
from crm_store.suggestions.service import Suggester


async def _turns(connection: HTTPConnection) -> Turns:
    turns: Turns = connection.state.turns
    return turns


async def _hub(connection: HTTPConnection) -> Hub:
    hub: Hub = connection.state.hub
    return hub


async def _sessions(connection: HTTPConnection) -> SessionFactory:
    sessions: SessionFactory = connection.state.sessions
    return sessions


async def _settings(connection: HTTPConnection) -> ChannelSettings:
    settings: ChannelSettings = connection.state.settings
    return settings


async def _company(connection: HTTPConnection) -> PhoneCompany:
    company: PhoneCompany = connection.state.company
    return company


async def _recordings(connection: HTTPConnection) -> Recordings:
    recordings: Recordings = connection.state.recordings
    return recordings


async def _common(connection: HTTPConnection) -> Common:
    common: Common = connection.state.common
    return common


async def _suggester(connection: HTTPConnection) -> Suggester:
    suggester: Suggester = connection.state.suggester
    return suggester


async def _hints(connection: HTTPConnection) -> Hints:
    hints: Hints = connection.state.hints
    return hints


TheTurns = Annotated[Turns, Depends(_turns)]
TheHub = Annotated[Hub, Depends(_hub)]
TheSessions = Annotated[SessionFactory, Depends(_sessions)]
TheSettings = Annotated[ChannelSettings, Depends(_settings)]
ThePhoneCompany = Annotated[PhoneCompany, Depends(_company)]
TheRecordings = Annotated[Recordings, Depends(_recordings)]
TheCommon = Annotated[Common, Depends(_common)]
TheHints = Annotated[Hints, Depends(_hints)]
TheSuggester = Annotated[Suggester, Depends(_suggester)]
