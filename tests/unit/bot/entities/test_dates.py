from datetime import date

import pytest

from bot.entities import named_in
from bot.entities.calendar import easter, holiday
from tests.unit.bot.entities import found

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # By their number
        ("2026-11-12", "2026-11-12"),
        ("am 12.11.2026", "2026-11-12"),
        ("12.11.26", "2026-11-12"),
        ("am 3. 12. 2026", "2026-12-03"),
        ("am 12.11.", "2026-11-12"),
        ("vom 12.11", "2026-11-12"),
        ("12/11/2026", "2026-11-12"),
        ("12/31/2026", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("on 12/11", "2026-11-12"),
        ("am 12. November", "2026-11-12"),
        ("am 12. Nov. 2025", "2025-11-12"),
        ("12 november", "2026-11-12"),
        ("November 12th", "2026-11-12"),
        ("November 12, 2025", "2025-11-12"),
        ("the 12th of November", "2026-11-12"),
        ("Dienstag, den 12. Januar", "2027-01-12"),
        ("Tuesday the 12th of January", "2027-01-12"),
        ("am 3. Jänner", "2027-01-03"),
        ("3 May", "2027-05-03"),
        ("am 30. Juni", "2026-06-30"),
        # In words
        ("am zwölften November", "2026-11-12"),
        ("november the twelfth", "2026-11-12"),
        ("november twelfth", "2026-11-12"),
        ("the twenty first of december", "2026-12-21"),
        ("am einundzwanzigsten dezember", "2026-12-21"),
        ("am zwölften elften", "2026-11-12"),
        ("am zwölften elften zweitausendfünfundzwanzig", "2025-11-12"),
        ("zwölfter november zwanzig fünfundzwanzig", "2025-11-12"),
        ("november twelfth twenty twenty five", "2025-11-12"),
        # Without a month
        ("am 12.", "2026-12-12"),
        ("am zwölften", "2026-12-12"),
        ("on the 30th", "2026-11-30"),
        ("by the thirtieth please", "2026-11-30"),
        ("am 12. bestellt", "2026-11-12"),
        # By their distance
        ("heute", "2026-11-25"),
        ("today", "2026-11-25"),
        ("gestern", "2026-11-24"),
        ("yesterday", "2026-11-24"),
        ("vorgestern", "2026-11-23"),
        ("the day before yesterday", "2026-11-23"),
        ("morgen", "2026-11-26"),
        ("morgen früh", "2026-11-26"),
        ("tomorrow morning", "2026-11-26"),
        ("übermorgen", "2026-11-27"),
        ("uebermorgen", "2026-11-27"),
        ("day after tomorrow", "2026-11-27"),
        ("in drei Tagen", "2026-11-28"),
        ("in 3 days", "2026-11-28"),
        ("in three days time", "2026-11-28"),
        ("three days from now", "2026-11-28"),
        ("vor drei Tagen", "2026-11-22"),
        ("three days ago", "2026-11-22"),
        ("vor zwei Wochen", "2026-11-11"),
        ("two weeks ago", "2026-11-11"),
        ("in einer Woche", "2026-12-02"),
        ("in a week", "2026-12-02"),
        ("a fortnight ago", "2026-11-11"),
        ("vor einem Monat", "2026-10-25"),
        ("a month ago", "2026-10-25"),
        ("vor einem Jahr", "2025-11-25"),
        ("heute in einer Woche", "2026-12-02"),
        ("in vierzehn Tagen", "2026-12-09"),
        ("vor drei Wochen", "2026-11-04"),
        ("three weeks back", "2026-11-04"),
        ("a week today", "2026-12-02"),
        ("a week tomorrow", "2026-12-03"),
        ("überübermorgen", "2026-11-28"),
        ("am 3.", "2026-12-03"),
        ("on the 3rd", "2026-12-03"),
        ("zum 15.", "2026-12-15"),
        ("by the 3rd of next month", "2026-12-03"),
        ("nächsten Monat am 3.", "2026-12-03"),
        # By the day of the week
        ("Monday week", "2026-12-07"),
        ("am Freitag vor zwei Wochen", "2026-11-13"),
        ("Friday two weeks ago", "2026-11-13"),
        ("the Monday after next", "2026-12-07"),
        ("am Dienstag", "2026-12-01"),
        ("on Tuesday", "2026-12-01"),
        ("Freitag", "2026-11-27"),
        ("Sonnabend", "2026-11-28"),
        ("am Mittwoch", "2026-12-02"),
        ("nächsten Dienstag", "2026-12-01"),
        ("next Tuesday", "2026-12-01"),
        ("nächsten Freitag", "2026-11-27"),
        ("next Friday", "2026-12-04"),
        ("this Friday", "2026-11-27"),
        ("letzten Dienstag", "2026-11-24"),
        ("last Tuesday", "2026-11-24"),
        ("letzten Freitag", "2026-11-20"),
        ("Dienstagabend", "2026-12-01"),
        ("Tuesday evening", "2026-12-01"),
        ("bis Fr", "2026-11-27"),
        ("by Fri", "2026-11-27"),
        ("nächste Woche Dienstag", "2026-12-01"),
        ("Tuesday next week", "2026-12-01"),
        ("letzte Woche Freitag", "2026-11-20"),
        ("Friday of last week", "2026-11-20"),
        ("Dienstag in einer Woche", "2026-12-08"),
        ("Tuesday week", "2026-12-08"),
        ("ich habe am Dienstag bestellt", "2026-11-24"),
        ("I ordered on Tuesday", "2026-11-24"),
        ("can you cancel the order I placed on Monday", "2026-11-23"),
        ("meine Schuhe, die ich am Montag geordert habe, bitte", "2026-11-23"),
        ("the order from Monday", "2026-11-23"),
        ("es war am Montag versprochen, wann kommt es", "2026-11-23"),
        ("it was supposed to be here on Monday", "2026-11-23"),
        ("seit Montag", "2026-11-23"),
        ("am 5. Mai zurückgeschickt", "2026-05-05"),
        ("I sent it back on May 5th", "2026-05-05"),
        ("ich habe es zu Weihnachten bekommen", "2025-12-25"),
        ("kann ich es bis Dienstag bekommen", "2026-12-01"),
        ("ich habe am Dienstag Zeit", "2026-12-01"),
        ("kann es am Dienstag geliefert werden", "2026-12-01"),
        ("schaffen Sie es bis zum 20. noch", "2026-12-20"),
        # By their name
        ("Heiligabend", "2026-12-24"),
        ("on Christmas Eve", "2026-12-24"),
        ("bis Weihnachten", "2026-12-25"),
        ("by Christmas", "2026-12-25"),
        ("Silvester", "2026-12-31"),
        ("New Year's Eve", "2026-12-31"),
        ("Ostermontag", "2027-03-29"),
        ("Good Friday", "2027-03-26"),
        ("letzte Ostern", "2026-04-05"),
        ("Black Friday", "2026-11-27"),
        ("Muttertag", "2027-05-09"),
    ],
)
def test_a_day_is_known(text: str, day: str) -> None:
    assert found(text) == [("date", day)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("letzte Woche", "2026-11-16/2026-11-22"),
        ("last week", "2026-11-16/2026-11-22"),
        ("diese Woche", "2026-11-23/2026-11-29"),
        ("next week", "2026-11-30/2026-12-06"),
        ("in der nächsten Woche", "2026-11-30/2026-12-06"),
        ("vorletzte Woche", "2026-11-09/2026-11-15"),
        ("the week before last", "2026-11-09/2026-11-15"),
        ("übernächste Woche", "2026-12-07/2026-12-13"),
        ("the week after next", "2026-12-07/2026-12-13"),
        ("the weekend after next", "2026-12-12/2026-12-13"),
        ("the month after next", "2027-01-01/2027-01-31"),
        ("am Wochenende", "2026-11-28/2026-11-29"),
        ("at the weekend", "2026-11-28/2026-11-29"),
        ("this weekend", "2026-11-28/2026-11-29"),
        ("letztes Wochenende", "2026-11-21/2026-11-22"),
        ("letzten Monat", "2026-10-01/2026-10-31"),
        ("next month", "2026-12-01/2026-12-31"),
        ("letztes Jahr", "2025-01-01/2025-12-31"),
        ("this year", "2026-01-01/2026-12-31"),
        ("im Jahr 2024", "2024-01-01/2024-12-31"),
        ("in 2024", "2024-01-01/2024-12-31"),
        ("im Mai", "2026-05-01/2026-05-31"),
        ("in May", "2026-05-01/2026-05-31"),
        ("im Dezember", "2026-12-01/2026-12-31"),
        ("November", "2026-11-01/2026-11-30"),
        ("im Februar 2024", "2024-02-01/2024-02-29"),
        ("last March", "2026-03-01/2026-03-31"),
        ("im April gekauft", "2026-04-01/2026-04-30"),
        ("seit Januar", "2026-01-01/2026-01-31"),
        ("Ende Mai", "2026-05-21/2026-05-31"),
        ("end of May", "2026-05-21/2026-05-31"),
        ("Anfang Dezember", "2026-12-01/2026-12-10"),
        ("mid December", "2026-12-11/2026-12-20"),
        ("Ende der Woche", "2026-11-27/2026-11-29"),
        ("at the end of the month", "2026-11-21/2026-11-30"),
        ("Anfang nächster Woche", "2026-11-30/2026-12-01"),
        ("vom 3. bis 5. Dezember", "2026-12-03/2026-12-05"),
        ("3 to 5 December", "2026-12-03/2026-12-05"),
        ("December 3rd to 5th", "2026-12-03/2026-12-05"),
        ("12.-14.12.", "2026-12-12/2026-12-14"),
        ("vom 20.12. bis zum 5.1.", "2026-12-20/2027-01-05"),
        ("zwischen dem 3. und dem 5. Dezember", "2026-12-03/2026-12-05"),
        ("between Monday and Friday", "2026-11-30/2026-12-04"),
        ("von Montag bis Freitag", "2026-11-30/2026-12-04"),
        ("between yesterday and tomorrow", "2026-11-24/2026-11-26"),
    ],
)
def test_days_from_and_to_are_known(text: str, days: str) -> None:
    assert found(text) == [("date", days)]


@pytest.mark.parametrize(
    "text",
    [
        "Mai heißt meine Tochter",
        "May I ask something",
        "you may also like",
        "march on",
        "August ist mein Name",
        "für April und June",
        "Guten Morgen",
        "Morgen!",
        "am Morgen",
        "jeden Montag",
        "every Friday",
        "montags",
        "on Sundays",
        "die Sonne",
        "so ein Ding",
        "how are you today",
        "ein Weihnachtsgeschenk",
        "a Christmas present",
        "Frohe Weihnachten",
        "45.13.2026",
        "31.02.2026",
        "am 31. Februar",
        "am einunddreißigsten zweiten",
        "on the 30th of February",
        "innerhalb von 14 Tagen",
        "within 14 days",
        "alle zwei Wochen",
        "in drei Minuten",
        "das Ende",
        "the next one please",
        "version 1.2.3",
        "I sat on it",
        "do it",
        "mi casa",
        "10/10",
        "am dritten Tag",
        "on the 2nd floor",
        "zum dritten Mal",
        "zum ersten Artikel",
        "I want my money back two weeks later",
    ],
)
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "date"]


def test_several_days_are_each_known() -> None:
    days = [("date", "2026-12-01"), ("date", "2026-11-27")]

    assert found("Dienstag oder Freitag") == days


def test_a_german_number_after_a_month_is_no_day() -> None:
    assert found("im November 3 Pakete", language="de") == [
        ("date", "2026-11-01/2026-11-30"),
        ("number", "3"),
    ]


def test_days_are_reckoned_from_today() -> None:
    names = named_in("morgen", today=date(2027, 12, 31))

    assert [name.value for name in names] == ["2028-01-01"]


def test_a_month_later_is_never_past_the_months_end() -> None:
    names = named_in("in einem Monat", today=date(2027, 1, 31))

    assert [name.value for name in names] == ["2027-02-28"]


@pytest.mark.parametrize(
    ("year", "day"),
    [(2000, (4, 23)), (2024, (3, 31)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))],
)
def test_easter_is_when_the_church_keeps_it(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)
    assert holiday("easter-2", year).weekday() == 4
