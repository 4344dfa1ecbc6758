"""Whether words say what somebody likes, or only that they would like something."""

import re
from typing import Final

_ENGLISH: Final = """
a also an and another any anything are but can could d different do else for get give good have
help i idea ideas in is it like ll looking maybe me my no of offer ok okay other others perhaps
please rather recommend recommendation recommendations show so some something suggest suggestion
suggestions tell that the then there these this those to too us want what which would yes you your
"""
_GERMAN: Final = """
aber als andere anderen anderes anders auch bitte da dann das dem den denn der die doch du eher
ein eine einen einer empfehl empfehle empfehlen empfehlung empfehlungen es etwas für gern gerne
gibt gut gutes habe haben hast hätte ich idee ideen ihnen irgendwas ja kann kannst können könnten
lieber mal mich mir möchte möchten nein noch nur schlag schlagen schön schönes sie suche tipp
tipps und uns vielleicht vor vorschlag vorschlagen vorschläge was welche will wollen würde würden
zeig zeigen zu
"""
FILLING: Final = frozenset(_ENGLISH.split()) | frozenset(_GERMAN.split())


def names_something(text: str) -> bool:
    """Return whether anything is left that could be liked, once the filling words are gone."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return any(word not in FILLING for word in words)
