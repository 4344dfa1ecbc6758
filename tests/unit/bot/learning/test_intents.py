import numpy as np
import pytest

from bot.learning.intents import Classifier
from bot.learning.sentences import Phrases, Place, Sentences, Vectors

pytestmark = pytest.mark.unit

ORDERS, RETURNS, GREETINGS = np.eye(3, 8, dtype=np.float32)
GERMAN = np.eye(8, dtype=np.float32)[7]
MEANT = ["orders", "returns", "greetings"] * 10
WRITTEN = ["where is my parcel 17", "this goes back", "hello there"] * 10
UNHEARD = "xyz"


def taught() -> Classifier:
    scattered = np.random.default_rng(1).normal(0, 0.05, (30, 8)).astype(np.float32)
    english = np.vstack([ORDERS, RETURNS, GREETINGS] * 10) + scattered
    known = Sentences(np.vstack([english, english + GERMAN]), WRITTEN * 2)
    german = np.asarray([False] * 30 + [True] * 30)
    return Classifier.learned(Phrases(known, np.asarray(MEANT * 2), german))


def told(sentence: Vectors, text: str = UNHEARD) -> str:
    classifier = taught()
    confidences = classifier.confidences(Sentences(sentence.reshape(1, -1), [text]))
    return classifier.meanings[int(confidences[0].argmax())]


def test_means_what_the_most_alike_sentences_mean() -> None:
    assert told(RETURNS * 3) == "returns"


def test_means_the_same_in_either_language() -> None:
    assert told(ORDERS + GERMAN) == told(ORDERS) == "orders"


def test_spelling_decides_where_the_sense_leaves_it_open() -> None:
    between = ORDERS + RETURNS

    assert told(between, "my parcel") == "orders"
    assert told(between, "goes back") == "returns"


def test_which_number_is_named_changes_nothing() -> None:
    asked = Sentences(np.vstack([ORDERS, ORDERS]), ["where is parcel 17", "where is parcel 28"])

    one, other = taught().confidences(asked)

    assert (one == other).all()


def test_is_surer_of_what_it_knows_than_of_what_lies_between() -> None:
    asked = Sentences(np.vstack([ORDERS, ORDERS + RETURNS]), [UNHEARD, UNHEARD])

    clear, between = taught().confidences(asked).max(axis=1)

    assert clear > between


def test_confidences_add_up_to_one() -> None:
    asked = Sentences(ORDERS.reshape(1, -1), [UNHEARD])

    assert taught().confidences(asked).sum() == pytest.approx(1)


def test_one_language_alone_has_no_direction_to_be_taken_out() -> None:
    place = Place.of(np.vstack([ORDERS, RETURNS]), np.array([True, True]))

    assert not place.language.any()


def test_what_one_language_has_no_phrase_for_is_told_by_the_sense_of_the_others() -> None:
    scattered = np.random.default_rng(2).normal(0, 0.05, (60, 8)).astype(np.float32)
    sense = np.vstack([ORDERS, RETURNS, GREETINGS] * 20) + scattered
    sense[30:] += GERMAN
    written = [*WRITTEN, *(["wo ist das Paket", "das geht zurück", "guten Tag"] * 10)]
    meant, german = np.asarray(MEANT * 2), np.arange(60) >= 30
    known = np.flatnonzero(~german | (meant != "returns"))

    classifier = Classifier.learned(Phrases(Sentences(sense, written), meant, german).at(known))
    asked = Sentences((RETURNS + GERMAN).reshape(1, -1), ["guten Tag, das Paket ist zu groß"])

    assert classifier.meanings[int(classifier.confidences(asked)[0].argmax())] == "returns"


def test_a_meaning_that_is_known_for_sure_is_not_lent_over() -> None:
    sense = np.vstack([ORDERS, RETURNS, GREETINGS] * 20)
    sense[30:] += GERMAN
    written = [*WRITTEN, *(["wo ist das Paket", "das geht zurück", "guten Tag"] * 10)]
    meant, german = np.asarray(MEANT * 2), np.arange(60) >= 30
    known = np.flatnonzero(~german | (meant != "returns"))

    classifier = Classifier.learned(Phrases(Sentences(sense, written), meant, german).at(known))
    asked = Sentences((ORDERS + GERMAN).reshape(1, -1), ["wo ist das Paket"])

    assert classifier.meanings[int(classifier.confidences(asked)[0].argmax())] == "orders"
