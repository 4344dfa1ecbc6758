"""The encoder as the channels see it: the actions have loaded it, and encode for us."""

from collections.abc import Sequence

import httpx2
import numpy as np

from crm_store.base import Language
from crm_store.catalogue.encoders import Encoder, Placed, Vectors, space_named
from crm_store.catalogue.encoders.protocol import unit_rows


class FarEncoder(Encoder):
    """Asks the actions for vectors, so that the model is in memory once."""

    def __init__(self, name: str, client: httpx2.Client, secret: str) -> None:
        self._name = space_named(name)
        self._client = client
        self._headers = {"X-Rapport-Secret": secret}

    @property
    def name(self) -> str:
        """The name of the space that the actions answered with last."""
        return self._name

    @property
    def dimensions(self) -> int:
        """As wide as its vectors are."""
        return int(self.encode([""]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row for each text; raise OSError where the actions do not answer."""
        return self.place(texts).vectors

    def place(self, texts: Sequence[str], language: Language | None = None) -> Placed:
        """Return the rows and the space they lie in, both as the actions say."""
        asked = {"texts": list(texts), "language": language}
        try:
            response = self._client.post("/encode", headers=self._headers, json=asked)
            response.raise_for_status()
            answer = response.json()
            space, rows = str(answer["space"]), answer["vectors"]
        except (httpx2.HTTPError, KeyError) as error:
            raise OSError("the actions do not encode") from error
        self._name = space
        return Placed(space, unit_rows(np.asarray(rows, dtype=np.float32)))
