"""All of Rapport, running: database, bot, actions and channels."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Self

from channels.simulator.asking import BIN
from channels.simulator.simulator import THE_LINE
from channels.up import demo, programs
from channels.up.database import database
from channels.up.guard import Guard
from channels.up.ports import LOOPBACK, Ports, listen
from channels.up.program import Program, Tell
from channels.up.secret import (
    demo_shop_keys,
    kept_secret,
    pretend_account,
    pretend_token,
)
from channels.up.supervisor import Supervisor
from channels.up.training import trained_model
from crm_store.db import store_url


def _silent(name: str, line: str) -> None:
    """Show nothing."""


class Stack:
    """Everything on its own ports and in its own folder, so that several can run beside each other.

    `environment` is told to all programs and wins over what the stack would tell them.
    """

    def __init__(
        self,
        folder: Path,
        *,
        ports: Ports | None = None,
        host: str = LOOPBACK,
        fronts: int = 1,
        environment: Mapping[str, str] | None = None,
        tell: Tell = _silent,
    ) -> None:
        self.folder = folder
        self.ports = ports or Ports()
        self.host = host
        self.login: demo.Login | None = None
        """The demo agent's, when this start made it."""
        self._told = dict(environment or {})
        self._tell = tell
        self._fronts = fronts
        self._parts = AsyncExitStack()
        self._supervisor: Supervisor | None = None
        self._environment: dict[str, str] = {}

    @property
    def url(self) -> str:
        """Where customers find it, seen from this machine."""
        return f"http://{programs.reachable(self.host)}:{self.ports.channels}"

    @property
    def environment(self) -> Mapping[str, str]:
        """What the programs were told, secrets included."""
        return self._environment

    @property
    def is_demo(self) -> bool:
        """Tell whether this start has the demo shop."""
        return self._environment.get("RAPPORT_DEMO") == "true"

    @property
    def database_url(self) -> str:
        """The store's address, once started."""
        return self._environment["DATABASE_URL"]

    async def start(self) -> None:
        """Return once everything answers; if something does not, stop all and say which."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Return once everything has ended."""
        await self._parts.aclose()

    def kill(self, name: str) -> None:
        """Kill bot, actions or channels as a crash would; it is started again."""
        self._running.kill(name)

    async def until_it_answers(self, name: str) -> None:
        """Return once bot, actions or channels answers (again)."""
        await self._running.until_it_answers(name)

    def pid(self, name: str) -> int | None:
        """Return the process that bot, actions or channels runs as now."""
        return self._running.pid(name)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def _running(self) -> Supervisor:
        if self._supervisor is None:
            raise RuntimeError("the stack has not been started")
        return self._supervisor

    async def _start(self) -> None:
        guard = Guard()
        self._parts.callback(guard.close)
        self._tell("up", "the database")
        opened = database(self.folder, self._told.get("DATABASE_URL"), guard=guard)
        url = await self._parts.enter_async_context(opened)
        self._environment = {**self._usual(url), **self._told}
        if self.is_demo:
            self._tell("up", "the demo shop")
            self.login = await demo.open_shop(self._environment, tell=self._tell, guard=guard)
        self._tell("up", "the bot's model")
        model = await trained_model(tell=self._tell, guard=guard)
        listening = self._parts.enter_context(listen(self.host, self.ports.channels))
        stages = self._programs(model, listening.fileno())
        self._supervisor = Supervisor(stages, tell=self._tell, guard=guard)
        self._parts.push_async_callback(self._supervisor.stop)
        self._tell("up", "bot, actions and channels")
        await self._supervisor.start()

    def _programs(self, model: Path, listening: int) -> list[list[Program]]:
        ports, told = self.ports, self._environment
        return [
            [
                programs.actions(ports=ports, environment=told),
                programs.bot(model, ports=ports, environment=told),
            ],
            [
                programs.channels(
                    self.host, listening, number=number, ports=ports, environment=told
                )
                for number in range(1, self._fronts + 1)
            ],
        ]

    def _usual(self, url: str) -> dict[str, str]:
        secret = self._told.get("RAPPORT_SECRET") or kept_secret(self.folder)
        # Whoever is logged in at the demo shop is invented; a real shop has keys of its own.
        demo = self._told.get("RAPPORT_DEMO", "true") == "true"
        return {
            **({"RAPPORT_SHOP_KEYS": demo_shop_keys(secret)} if demo else {}),
            # A pretended account is known to our own simulator alone.
            **({} if "TWILIO_ACCOUNT_SID" in self._told else self._pretended_company()),
            "RAPPORT_SECRET": secret,
            "RAPPORT_DEMO": "true",
            **({"RAPPORT_PHONE_NUMBER": THE_LINE} if demo else {}),
            "RAPPORT_PUBLIC_URL": self.url,
            "RAPPORT_BOT_URL": f"http://{LOOPBACK}:{self.ports.bot}",
            "RAPPORT_ACTIONS_URL": f"http://{LOOPBACK}:{self.ports.actions}",
            "RAPPORT_ACTIONS_PORT": str(self.ports.actions),
            "TWILIO_ACCOUNT_SID": pretend_account(secret),
            "TWILIO_AUTH_TOKEN": pretend_token(secret),
            "DATABASE_URL": store_url(url).render_as_string(hide_password=False),
        }

    def _pretended_company(self) -> Mapping[str, str]:
        return {"RAPPORT_TWILIO_URL": self.url, "RAPPORT_PHONE_FALLBACK_URL": BIN}
