"""Stand-ins for what lies beyond an edge, handed in where the real thing would be."""

import asyncio
from collections.abc import Sequence

from channels.bot import BotUnavailable, Tell
from channels.messages import Answer, BotRequest, Reply


class FakeBot:
    """Answers from a script, the last line again and again, and remembers what it was asked."""

    def __init__(self, *replies: str | Reply) -> None:
        self.asked: list[BotRequest] = []
        self._replies = [Reply(said) if isinstance(said, str) else said for said in replies]

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
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
    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        raise BotUnavailable


class SlowBot(FakeBot):
    """Waits to be let go before it answers."""

    def __init__(self, *replies: str | Reply) -> None:
        super().__init__(*replies)
        self.go = asyncio.Event()

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        answer = await super().reply(request, tell)
        await self.go.wait()
        return answer


class PartBot(FakeBot):
    """Greets, and then tells the first of its replies, and the rest once it is let go."""

    def __init__(self, *replies: str, breaks_off: int = 0) -> None:
        super().__init__(*replies)
        self.go = asyncio.Event()
        self._breaks_off = breaks_off
        """How many answers end after their first reply."""

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        if request.body["kind"] == "opened":
            return await super().reply(request, tell)
        self.asked.append(request)
        _, *replies = self._replies
        await tell(0, replies[0])
        if self._breaks_off:
            self._breaks_off -= 1
            raise BotUnavailable
        await self.go.wait()
        return Answer(tuple(replies))
