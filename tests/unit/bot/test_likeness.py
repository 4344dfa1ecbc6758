import numpy as np
import pytest

from bot.likeness import Likeness, Place, Vectors

pytestmark = pytest.mark.unit

ORDERS, RETURNS, GREETINGS = np.eye(3, 8, dtype=np.float32)
GERMAN = np.eye(8, dtype=np.float32)[7]


def seen(*sentences: Vectors) -> list[Vectors]:
    """The sentences as two encoders see them, the second one from another side."""
    view = np.vstack(sentences).astype(np.float32)
    return [view, view[:, ::-1].copy()]


def taught() -> Likeness:
    scattered = np.random.default_rng(1).normal(0, 0.05, (30, 8)).astype(np.float32)
    english = np.vstack([ORDERS, RETURNS, GREETINGS] * 10) + scattered
    meant = ["orders", "returns", "greetings"] * 10
    german = english + GERMAN
    return Likeness.learned(
        seen(*english, *german), meant * 2, [False] * len(meant) + [True] * len(meant)
    )


def best(likeness: Likeness, sentence: Vectors) -> str:
    return likeness.meanings[int(likeness.confidences(seen(sentence))[0].argmax())]


def test_means_what_the_most_alike_sentences_mean() -> None:
    assert best(taught(), RETURNS * 3) == "returns"


def test_means_the_same_in_either_language() -> None:
    assert best(taught(), ORDERS + GERMAN) == best(taught(), ORDERS) == "orders"


def test_is_surer_of_what_it_knows_than_of_what_lies_between() -> None:
    clear, between = taught().confidences(seen(ORDERS, ORDERS + RETURNS)).max(axis=1)

    assert clear > between


def test_confidences_add_up_to_one() -> None:
    assert taught().confidences(seen(ORDERS)).sum() == pytest.approx(1)


def test_is_the_same_after_it_was_written_down() -> None:
    likeness = taught()

    read = Likeness.from_kept(likeness.kept())

    assert read.meanings == likeness.meanings
    assert read.confidences(seen(GREETINGS)) == pytest.approx(
        likeness.confidences(seen(GREETINGS)), abs=0.01
    )


def test_one_language_alone_has_no_direction_to_be_taken_out() -> None:
    place = Place.of(np.vstack([ORDERS, RETURNS]), np.array([True, True]))

    assert not place.language.any()
