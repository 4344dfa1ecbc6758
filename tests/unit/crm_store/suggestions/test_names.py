import pytest

from crm_store.catalogue.vocabulary import Facet, vocabulary
from crm_store.suggestions.names import CatalogueNames, Names, search_terms
from crm_store.suggestions.wish import Found

pytestmark = pytest.mark.unit

NAMES = Names(
    CatalogueNames(
        creators={
            "Giuseppe Verdi": 20,
            "Johann Strauss Jr": 50,
            "Richard Strauss": 10,
            "Pyotr Ilyich Tchaikovsky": 7,
            "Robert Schumann": 5,
            "Clara Schumann": 3,
        },
        subjects={
            "women composers": 20,
            "Venice": 4,
            "Giuseppe Verdi": 30,
            "Christmas": 3,
            "string quartet": 8,
            "comic opera": 6,
        },
        cities={"Vienna": 9, "New York": 2},
        countries={"IT": 100, "AT": 40},
        terms=dict.fromkeys(vocabulary().terms, 1),
        texts={"verdi": 60, "strauss": 90},
    )
)


@pytest.mark.parametrize(
    ("said", "creators"),
    [
        ("I love Verdi's operas", ["Giuseppe Verdi"]),
        ("Ich liebe Verdis Opern", ["Giuseppe Verdi"]),
        ("VERDI", ["Giuseppe Verdi"]),
        ("etwas von Tschaikowsky", ["Pyotr Ilyich Tchaikovsky"]),
        ("Walzer von Strauss", ["Johann Strauss Jr"]),
        ("Lieder von Richard Strauss", ["Richard Strauss"]),
        ("Clara Schumann", ["Clara Schumann"]),
        ("something green", []),
    ],
)
def test_a_creator_is_found_however_the_customer_puts_it(said: str, creators: list[str]) -> None:
    assert list(NAMES.found_in(said).creators) == creators


@pytest.mark.parametrize(
    "said", ["eine Reise nach Italien", "a trip to Italy", "italienische Musik"]
)
def test_a_country_is_found_in_both_languages(said: str) -> None:
    assert NAMES.found_in(said).countries == ("IT",)


@pytest.mark.parametrize("said", ["Wien", "Vienna", "ein Wochenende in Wien"])
def test_a_city_is_found_in_both_languages(said: str) -> None:
    assert "Vienna" in NAMES.found_in(said).cities


def test_genre_era_and_kind_are_found() -> None:
    found = NAMES.found_in("Bücher über Barockmusik und Opern")

    assert (found.kinds, found.eras, found.genres) == (("book",), ("baroque",), ("opera",))


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("Weihnachtsmusik für alle", "Christmas"),
        ("something for xmas", "Christmas"),
        ("Etwas Lustiges", "comic opera"),
        ("something funny", "comic opera"),
    ],
)
def test_a_topic_is_found_by_what_customers_say_for_it(said: str, topic: str) -> None:
    assert NAMES.found_in(said).subjects == (topic,)


def test_a_word_may_name_a_sort_of_work_and_a_topic() -> None:
    found = NAMES.found_in("Streichquartette")

    assert (found.genres, found.subjects) == (("chamber music",), ("string quartet",))


@pytest.mark.parametrize(
    ("title", "is_topic"), [("Requiem", True), ("Christmas", True), ("Aida", False), ("", False)]
)
def test_the_word_for_a_topic_is_no_title(title: str, *, is_topic: bool) -> None:
    assert NAMES.is_topic(title) is is_topic


def test_only_kinds_of_few_products_are_rare() -> None:
    shop = CatalogueNames(
        creators={},
        subjects={},
        cities={},
        countries={},
        terms={(Facet.kind, "recording"): 900, (Facet.kind, "book"): 9},
    )

    assert Names(shop).rare_kinds(["recording", "book"], 50) == ["book"]


def test_a_name_of_several_words_is_found() -> None:
    assert NAMES.found_in("books on women composers").subjects == ("women composers",)
    assert NAMES.found_in("Musik von Komponistinnen").subjects == ("women composers",)


@pytest.mark.parametrize("said", ["", "hallo", "I would like something nice, please", "🎵"])
def test_words_that_say_nothing_name_nothing(said: str) -> None:
    assert NAMES.found_in(said) == Found()
    assert not NAMES.found_in(said)
    assert search_terms(said) == ()


def test_a_search_keeps_umlauts_for_the_dictionary() -> None:
    assert search_terms("Ich liebe Händels Chöre") == ("ich", "händels", "chöre")


def test_a_search_leaves_out_what_half_the_shop_is() -> None:
    assert NAMES.telling(["music", "evening"]) == ["evening"]
    assert NAMES.telling(["music"]) == ["music"]


def test_a_family_name_that_is_a_common_word_is_none() -> None:
    names = Names(
        CatalogueNames(
            creators={"Silicon Power": 4},
            subjects={},
            cities={},
            countries={},
            terms={},
            texts={"power": 2_000},
        )
    )

    assert names.found_in("a power bank") == Found()
    assert names.found_in("Silicon Power").creators == ("Silicon Power",)


def test_what_the_shop_does_not_sell_is_only_a_word() -> None:
    shop = CatalogueNames(
        creators={},
        subjects={},
        cities={},
        countries={},
        terms={(Facet.genre, "opera"): 1},
    )

    assert Names(shop).found_in("an opera on CD") == Found(genres=("opera",))
    assert Names(shop).telling(["cd", "player"]) == ["cd", "player"]
