"""Print how well the trained model understands what it was not trained on, and what it costs."""

import asyncio
import sys
from pathlib import Path

from judging import LANGUAGES, SENTENCES, Understanding, ask_rasa, examples

from channels.up.guard import Guard
from channels.up.places import ROOT
from channels.up.training import trained_model

WORST = 10
PHRASES = ROOT / "bot" / "data" / "nlu"


def main() -> None:
    """Train if needed, ask, and print the figures."""
    understanding = Understanding(_model())
    _meanings(understanding)
    _calibration(understanding)
    _entities(understanding)
    _lending()
    cost = understanding.cost
    print(f"\none message {cost['ms']:.1f} ms (median), {cost['megabytes']:.0f} MB,", end=" ")
    print(f"ready after {cost['ready']:.1f} s (model and pipeline alone)")


def _model() -> Path:
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    guard = Guard()
    try:
        return asyncio.run(trained_model(tell=lambda _, line: print(line), guard=guard))
    finally:
        guard.close()


def _meanings(told: Understanding) -> None:
    for language in LANGUAGES:
        print(f"understood, {language}: {told.accuracy(language):.3f}")
    print(f"gap: {told.gap:.3f}")
    print(f"out of scope: {told.recalled:.3f} recalled at {told.false_alarms:.3f} false alarms")
    print("\nmost often confused")
    for (meant, understood), times in told.confusions[:WORST]:
        print(f"{times:4} {meant} taken for {understood}")


def _calibration(told: Understanding) -> None:
    print(f"\ncalibration error: {told.calibration_error:.3f}\n sure  right  sentences")
    for count, sure, right in told.reliability:
        print(f"{sure:5.2f}  {right:5.2f}  {count:9}")


def _entities(told: Understanding) -> None:
    print("\nentity               F1   right wrong missed")
    for kind, score in told.entities.items():
        counts = f"{score.right:5} {score.wrong:5} {score.missed:6}"
        print(f"{kind or 'all':18} {score.f1:.3f}  {counts}")


def _lending() -> None:
    german, english = (
        list(examples(*sorted((PHRASES / language).glob("*.yml")))) for language in LANGUAGES
    )
    judging = list(examples(SENTENCES / "de.yml"))
    parts = ask_rasa("lending", {"german": german, "english": english, "judging": judging})
    print(f"\nGerman, where an intent has English phrases only: {parts['new']:.3f}", end=" ")
    print(f"(all others then: {parts['others']:.3f})")


if __name__ == "__main__":
    main()
