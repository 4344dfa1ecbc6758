import pytest

from channels.phone.interruption import Utterance, heard_of

pytestmark = pytest.mark.unit

FIRST = Utterance("Ich empfehle Nabucco.", 4)
SECOND = Utterance("Und einen Reiseführer nach Italien.", 5)


@pytest.mark.parametrize(
    ("said", "heard", "cut"),
    [
        ([FIRST], "Ich empfehle", [Utterance("Ich empfehle", 4)]),
        ([FIRST], "Ich empfehle Nabucco.", []),
        ([FIRST], "", [Utterance("", 4)]),
        ([FIRST, SECOND], "Ich", [Utterance("Ich", 4), Utterance("", 5)]),
        ([FIRST, SECOND], "Und einen", [Utterance("Und einen", 5)]),
        ([FIRST, SECOND], "Ich empfehle Nabucco. Und", [Utterance("Und", 5)]),
        ([FIRST], "Something else", [Utterance("", 4)]),
        ([], "Ich", []),
    ],
)
def test_only_what_was_played_counts_as_heard(
    said: list[Utterance], heard: str, cut: list[Utterance]
) -> None:
    assert heard_of(said, heard) == cut
