from collections.abc import Callable

import httpx2
import pytest

from channels.encoding import FarEncoder

pytestmark = pytest.mark.unit


def test_the_space_is_the_one_that_the_actions_name_with_the_vectors() -> None:
    spaces = iter(["former", "wanted"])
    encoder = _encoder(lambda _: _answer(next(spaces)))

    before, first, second = encoder.name, encoder.place(["Aida"]), encoder.place(["Aida"])

    assert before == "minilm+use"
    assert (first.space, second.space, encoder.name) == ("former", "wanted", "wanted")
    assert second.vectors.tolist() == [[1, 0]]


@pytest.mark.parametrize("answer", [httpx2.Response(500), httpx2.Response(200, json={})])
def test_no_answer_is_an_error_that_searches_expect(answer: httpx2.Response) -> None:
    encoder = _encoder(lambda _: answer)

    with pytest.raises(OSError, match="do not encode"):
        encoder.encode(["Aida"])


def _answer(space: str) -> httpx2.Response:
    return httpx2.Response(200, json={"space": space, "vectors": [[2, 0]]})


def _encoder(answer: Callable[[httpx2.Request], httpx2.Response]) -> FarEncoder:
    client = httpx2.Client(transport=httpx2.MockTransport(answer), base_url="http://actions")
    return FarEncoder("minilm + use", client, "open sesame")
