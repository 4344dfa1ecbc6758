"""The action server as Rasa asks it, without sending or checking again what never changes."""

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from hashlib import sha256
from typing import Any

import aiohttp
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

SEND_THE_DOMAIN_TOO = 449
"""By which rasa-sdk says that it does not know the domain of a digest."""

Call = dict[str, Any]


class ActionServer(EndpointConfig):
    """Keeps its connections open, and sends the domain to a server that has not got it yet.

    The domain is some hundred kilobytes, the rest of a call some ten.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._open: aiohttp.ClientSession | None = None
        self._domain: Call | None = None
        self._digest = ""

    def session(self) -> AbstractAsyncContextManager[aiohttp.ClientSession]:
        """Lend the session that stays open for as long as the assistant serves."""
        if self._open is None or self._open.closed:
            self._open = super().session()
        return nullcontext(self._open)

    async def request(self, *args: Any, json: Call, **kwargs: Any) -> Any:
        """Ask for an action, by the domain's digest first."""
        domain = json["domain"]
        known = {key: value for key, value in json.items() if key != "domain"}
        known["domain_digest"] = self._digest_of(domain)
        try:
            return await super().request(*args, json=known, **kwargs)
        except ClientResponseError as refusal:
            if refusal.status != SEND_THE_DOMAIN_TOO:
                raise
        return await super().request(*args, json={**known, "domain": domain}, **kwargs)

    def _digest_of(self, domain: Call) -> str:
        # A domain that was loaded is never written to: the same object has the same digest.
        if domain is not self._domain:
            self._domain = domain
            self._digest = sha256(json.dumps(domain, sort_keys=True).encode()).hexdigest()
        return self._digest


def ask(server: EndpointConfig) -> ActionServer:
    """Return the server that is configured, as it is asked here."""
    RemoteAction._validate_action_result = _checking(RemoteAction.action_response_format_spec())
    return ActionServer(server.url, headers=server.headers)


def _checking(schema: Call) -> Callable[[RemoteAction, Call], bool]:
    """Return a check of answers whose schema is read once; Rasa's own does so for each answer."""
    validator = validator_for(schema)(schema)

    def check(_: RemoteAction, result: Call) -> bool:
        validator.validate(result)
        return True

    return check
