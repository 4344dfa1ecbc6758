"""Whether words say what somebody likes, or only that they would like something."""

import re
from typing import Final

_ENGLISH: Final = """
a an any anything are can could d do for get give good have help i idea ideas in is like ll
looking me my of offer please recommend recommendation recommendations show some something
suggest suggestion suggestions tell that the there to us want what which would you your
"""
_GERMAN: Final = """
aber als auch bitte da das dem den der die du ein eine einen einer empfehl empfehle empfehlen
empfehlung empfehlungen es etwas für gern gerne gibt gut gutes habe haben hast hätte ich ihnen
idee ideen irgendwas kann kannst können könnten mal mich mir möchte möchten noch schlag schlagen
schön schönes sie suche tipp tipps und uns vor vorschlag vorschlagen vorschläge was welche will
wollen würde würden zeig zeigen zu
"""
FILLING: Final = frozenset(_ENGLISH.split()) | frozenset(_GERMAN.split())


def names_something(text: str) -> bool:
    """Return whether anything is left that could be liked, once the filling words are gone."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return any(word not in FILLING for word in words)
