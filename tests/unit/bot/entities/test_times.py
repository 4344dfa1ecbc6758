import pytest

from tests.unit.bot.entities import found

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("15:00", "15:00"),
        ("um 15 Uhr", "15:00"),
        ("15.30 Uhr", "15:30"),
        ("15 Uhr 30", "15:30"),
        ("15h", "15:00"),
        ("um neun Uhr fünfzehn", "09:15"),
        ("um 15", "15:00"),
        ("um 3", "15:00"),
        ("um drei bitte", "15:00"),
        ("um ein Uhr", "13:00"),
        ("gegen elf", "11:00"),
        ("03:30", "03:30"),
        ("3:30", "15:30"),
        ("3 pm", "15:00"),
        ("3pm", "15:00"),
        ("three p.m.", "15:00"),
        ("10 a.m.", "10:00"),
        ("at 9am", "09:00"),
        ("9:15 am", "09:15"),
        ("12 pm", "12:00"),
        ("12 am", "00:00"),
        ("three o'clock", "15:00"),
        ("at three", "15:00"),
        ("at one", "13:00"),
        ("at nine fifteen", "09:15"),
        ("halb vier", "15:30"),
        ("um halb 10", "09:30"),
        ("halb eins", "12:30"),
        ("halb sieben", "18:30"),
        ("viertel nach neun", "09:15"),
        ("viertel vor drei", "14:45"),
        ("viertel vier", "15:15"),
        ("dreiviertel vier", "15:45"),
        ("fünf vor halb acht", "07:25"),
        ("zehn nach acht", "08:10"),
        ("fünf vor zwölf", "11:55"),
        ("half past three", "15:30"),
        ("half three", "15:30"),
        ("quarter past nine", "09:15"),
        ("a quarter to three", "14:45"),
        ("twenty past eight", "08:20"),
        ("at ten to nine", "08:50"),
        ("noon", "12:00"),
        ("mittags", "12:00"),
        ("um Mitternacht", "00:00"),
        ("um 7 abends", "19:00"),
        ("8 Uhr abends", "20:00"),
        ("um 6 Uhr morgens", "06:00"),
        ("at 7 in the evening", "19:00"),
        ("at 6 in the morning", "06:00"),
        ("24 Uhr", "00:00"),
        ("Guten Morgen, um 3 bitte", "15:00"),
        ("half four", "16:30"),
        ("quarter to five", "16:45"),
        ("ten past six", "18:10"),
        ("fünf vor halb zehn", "09:25"),
        ("drei viertel vier", "15:45"),
        ("viertel ab vier", "16:15"),
        ("um halber vier", "15:30"),
        ("um viertel nach neune", "09:15"),
        ("Punkt neun", "09:00"),
        ("viertel nach neun wär super", "09:15"),
        ("five past nine is good for me", "09:05"),
        ("ab viertel vor drei kann ich", "14:45"),
        ("um 3 könnt ihr anrufen", "15:00"),
        ("call at half four then", "16:30"),
    ],
)
def test_a_time_is_known(text: str, time: str) -> None:
    assert found(text) == [("time", time)]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("zwischen 10 und 12", "10:00/12:00"),
        ("zwischen zehn und zwölf Uhr", "10:00/12:00"),
        ("between 10 and 12", "10:00/12:00"),
        ("between two and four", "14:00/16:00"),
        ("von 9 bis 17 Uhr", "09:00/17:00"),
        ("from 9 to 5", "09:00/17:00"),
        ("10-12 Uhr", "10:00/12:00"),
        ("10 bis 12 Uhr", "10:00/12:00"),
        ("2 to 4 pm", "14:00/16:00"),
        ("10 am to 2 pm", "10:00/14:00"),
        ("from 10 to 2 pm", "10:00/14:00"),
        ("between 9:30 and 11:00", "09:30/11:00"),
        ("11 bis 1 Uhr", "11:00/13:00"),
        ("from 9 am until noon", "09:00/12:00"),
        ("halb zehn bis viertel nach elf", "09:30/11:15"),
        ("zwischen zehn und halb zwölf", "10:00/11:30"),
        ("zwischen viertel nach neun und zehn", "09:15/10:00"),
        ("zwischen halb zehn und halb elf", "09:30/10:30"),
        ("zwischen zwölf und viertel vor zwei", "12:00/13:45"),
        ("von zehn bis halb zwölf", "10:00/11:30"),
        ("between half nine and ten", "09:30/10:00"),
        ("from quarter past two to four", "14:15/16:00"),
        ("zwischen 10:00 und viertel nach elf", "10:00/11:15"),
    ],
)
def test_times_from_and_to_are_known(text: str, time: str) -> None:
    assert found(text) == [("time", time)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("morgen um 15 Uhr", [("date", "2026-11-26"), ("time", "15:00")]),
        ("tomorrow at 3 pm", [("date", "2026-11-26"), ("time", "15:00")]),
        ("tomorrow at 3", [("date", "2026-11-26"), ("time", "15:00")]),
        ("morgen früh um 6", [("date", "2026-11-26"), ("time", "06:00")]),
        ("heute Abend um acht", [("date", "2026-11-25"), ("time", "20:00")]),
        ("half past three tomorrow", [("time", "15:30"), ("date", "2026-11-26")]),
        ("am Freitag nach 15 Uhr", [("date", "2026-11-27"), ("time", "15:00")]),
        ("Dienstag um 3", [("date", "2026-12-01"), ("time", "15:00")]),
        ("on Tuesday between 2 and 4", [("date", "2026-12-01"), ("time", "14:00/16:00")]),
        ("rufen Sie mich nach 3 an", [("time", "15:00")]),
        ("call me after 3", [("time", "15:00")]),
        (
            "rufts mi morgen um viertel nach neun zruck",
            [("date", "2026-11-26"), ("time", "09:15")],
        ),
        (
            "am Freitag um viertel vor drei könnt ihr anrufen",
            [("date", "2026-11-27"), ("time", "14:45")],
        ),
        ("half four tomorrow works", [("time", "16:30"), ("date", "2026-11-26")]),
        ("morgen halb vier geht bei mir", [("date", "2026-11-26"), ("time", "15:30")]),
    ],
)
def test_a_time_is_known_beside_a_day(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


def test_am_is_no_forenoon_in_german() -> None:
    assert found("um 3 am Montag", language="de") == [("time", "15:00"), ("date", "2026-11-30")]
    assert found("at 3 am on Monday", language="en") == [("time", "03:00"), ("date", "2026-11-30")]


@pytest.mark.parametrize(
    "text",
    [
        "um 3 Euro billiger",
        "um 20 Prozent",
        "at one point",
        "zwischen 10 und 20 Euro",
        "between 2 and 4 items",
        "zwischen 2 und 4 Tagen",
        "eine halbe Stunde",
        "half an hour",
        "eine Viertelstunde",
        "in 2 Stunden",
        "25:00",
        "12:75",
        "nach 3 Wochen",
        "half of them",
        "I am 17",
        "ab 10 Stück",
        "at 10 Downing Street",
        "zehn nach acht Wochen",
        "half 5 metres",
        "ten to twelve euros",
        "five to ten pieces",
        "a quarter of them",
        "ein Viertel der Ware",
        "zwanzig nach Österreich",
    ],
)
def test_what_is_on_no_clock_is_no_time(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "time"]
