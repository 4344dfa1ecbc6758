"""How well a model understands sentences that it was not trained on."""

import json
import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from channels.up.places import RASA_PYTHON, ROOT
from channels.up.programs import QUIET_RASA

SENTENCES = ROOT / "tests" / "nlu"
LANGUAGES = ("de", "en")
UNKNOWN = frozenset({"out_of_scope", "nlu_fallback"})
ANNOTATED = re.compile(r"\[(?P<text>[^]]+)](?:\((?P<plain>\w+)\)|(?P<full>{[^}]*}))")
BINS = 10

Json = dict[str, Any]
Named = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Judged:
    """A sentence, what it means and names, and what was understood."""

    language: str
    text: str
    meant: str
    names: Named
    parsed: Json

    @property
    def understood(self) -> str:
        """What the bot took it to mean."""
        return str(self.parsed["intent"]["name"])

    @property
    def confidence(self) -> float:
        """How sure the bot was of the likeliest meaning."""
        ranking = [one for one in self.parsed["intent_ranking"] if one["name"] != "nlu_fallback"]
        return float(ranking[0]["confidence"]) if ranking else 0.0

    @property
    def is_right(self) -> bool:
        """Whether it was taken as it was meant; a question back is not."""
        return self.understood == self.meant

    @cached_property
    def found(self) -> Named:
        """What the bot found named in it."""
        return Counter((e["entity"], str(e["value"])) for e in self.parsed["entities"])


@dataclass(frozen=True)
class Score:
    """How often something was found, wrongly found and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


class Understanding:
    """The model's answers to every sentence that judges it."""

    def __init__(self, model: Path) -> None:
        asked = [(kind, *one) for kind in ("", "out_of_scope_", "entities_") for one in _read(kind)]
        answer = ask_rasa("parsing", [text for _, _, _, text, _ in asked], str(model))
        self.cost: dict[str, float] = answer["cost"]
        self._all = [
            (kind, Judged(language, text, meant, names, parsed))
            for (kind, language, meant, text, names), parsed in zip(
                asked, answer["parsed"], strict=True
            )
        ]

    def accuracy(self, language: str) -> float:
        """Return the part of in-scope sentences that were taken as meant."""
        own = [one for one in self.in_scope if one.language == language]
        return sum(one.is_right for one in own) / len(own)

    @property
    def gap(self) -> float:
        """How much better the better language is understood."""
        told = [self.accuracy(language) for language in LANGUAGES]
        return max(told) - min(told)

    @property
    def in_scope(self) -> list[Judged]:
        """What a shop is asked."""
        return [j for kind, j in self._all if not kind and j.meant not in UNKNOWN]

    @property
    def recalled(self) -> float:
        """The part of out-of-scope sentences that the bot leaves alone."""
        beyond = [j for kind, j in self._all if kind.startswith("out") or j.meant in UNKNOWN]
        return sum(j.understood in UNKNOWN for j in beyond) / len(beyond)

    @property
    def false_alarms(self) -> float:
        """The part of in-scope sentences that the bot wrongly leaves alone or asks back about."""
        return sum(j.understood in UNKNOWN for j in self.in_scope) / len(self.in_scope)

    @property
    def reliability(self) -> list[tuple[int, float, float]]:
        """For each tenth of confidence: how many sentences, how sure, how often right."""
        rows = []
        for number in range(BINS):
            own = [j for j in self.in_scope if min(int(j.confidence * BINS), BINS - 1) == number]
            if own:
                sure = sum(j.confidence for j in own) / len(own)
                rows.append((len(own), sure, sum(_first(j) == j.meant for j in own) / len(own)))
        return rows

    @property
    def calibration_error(self) -> float:
        """By how much confidence and truth differ, over all sentences."""
        return sum(count * abs(sure - right) for count, sure, right in self.reliability) / len(
            self.in_scope
        )

    @property
    def confusions(self) -> list[tuple[tuple[str, str], int]]:
        """What was taken for what, most often first."""
        wrong = Counter((j.meant, j.understood) for j in self.in_scope if not j.is_right)
        return wrong.most_common()

    @property
    def entities(self) -> dict[str, Score]:
        """How surely each kind of name is found; all of them under an empty name."""
        told = [j for kind, j in self._all if kind.startswith("entities")]
        right, wrong, missed = Named(), Named(), Named()
        for one in told:
            right += one.found & one.names
            wrong += one.found - one.names
            missed += one.names - one.found
        kinds = sorted({kind for kind, _ in (*right, *wrong, *missed)})
        return {kind: _score(kind, right, wrong, missed) for kind in ("", *kinds)}


def _score(kind: str, right: Named, wrong: Named, missed: Named) -> Score:
    def count(of: Named) -> int:
        return sum(times for (name, _), times in of.items() if kind in {"", name})

    return Score(count(right), count(wrong), count(missed))


def _first(judged: Judged) -> str:
    ranking = [one for one in judged.parsed["intent_ranking"] if one["name"] != "nlu_fallback"]
    return str(ranking[0]["name"]) if ranking else ""


def _read(kind: str) -> Iterator[tuple[str, str, str, Named]]:
    for language in LANGUAGES:
        for intent, line in examples(SENTENCES / f"{kind}{language}.yml"):
            yield language, intent, *_plain(line)


def examples(*paths: Path) -> Iterator[tuple[str, str]]:
    """Read what is written of each intent in files of Rasa's."""
    for path in paths:
        for entry in yaml.safe_load(path.read_text())["nlu"]:
            for line in entry["examples"].splitlines():
                yield entry["intent"], line.removeprefix("- ")


def _plain(annotated: str) -> tuple[str, Named]:
    names = Named()
    for match in ANNOTATED.finditer(annotated):
        told = json.loads(match["full"]) if match["full"] else {"entity": match["plain"]}
        names[told["entity"], str(told.get("value", match["text"]))] += 1
    return ANNOTATED.sub(lambda match: match["text"], annotated), names


def ask_rasa(program: str, question: object, *arguments: str) -> Json:
    """Have a program of this folder answer in Rasa's interpreter, in JSON both ways."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        subprocess.run(
            [str(RASA_PYTHON), "-W", "ignore", f".ci/{program}.py", str(answer), *arguments],
            cwd=ROOT,
            env={**os.environ, **QUIET_RASA},
            input=json.dumps(question).encode(),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        read: Json = json.loads(answer.read_text())
    return read
