"""Stand-ins for what lies beyond an edge, handed in where the real thing would be."""

import asyncio
from collections.abc import Sequence

from channels.bot import BotUnavailable
from channels.messages import Answer, BotRequest, Reply


class FakeBot:
    """Answers from a script, the last line again and again, and remembers what it was asked."""

    def __init__(self, *replies: str | Reply) -> None:
        self.asked: list[BotRequest] = []
        self._replies = [Reply(said) if isinstance(said, str) else said for said in replies]

    async def reply(self, request: BotRequest) -> Answer:
        place = min(len(self.asked), len(self._replies) - 1)
        self.asked.append(request)
        return Answer(
            (self._replies[place],),
            slots={"asked": len(self.asked)},
            intent="greet",
            confidence=0.9,
        )

    @property
    def heard(self) -> Sequence[str]:
        return [request.body["text"] for request in self.asked]


class DeadBot:
    async def reply(self, request: BotRequest) -> Answer:
        raise BotUnavailable


class SlowBot(FakeBot):
    """Waits to be let go before it answers."""

    def __init__(self, *replies: str | Reply) -> None:
        super().__init__(*replies)
        self.go = asyncio.Event()

    async def reply(self, request: BotRequest) -> Answer:
        answer = await super().reply(request)
        await self.go.wait()
        return answer
