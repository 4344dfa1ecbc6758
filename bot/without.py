"""The assistant without what Rasa imports for parts that this pipeline does not have."""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

LEARNING = ("tensorflow", "tensorflow_hub", "tensorflow_text", "keras", "matplotlib")
CHANNELS = (
    *("aiogram", "slack_sdk", "twilio", "webexteamssdk", "rocketchat_API", "fbmessenger"),
    *("mattermostwrapper", "boto3"),
)
LEFT_OUT = frozenset(LEARNING + CHANNELS)

PLAIN = frozenset({"WhitespaceTokenizer", "FallbackClassifier", "RulePolicy", "MemoizationPolicy"})
"""Parts of Rasa that do without; so do all of ours."""
OURS = "bot."


def leave_out_what_is_unused(config: Path) -> bool:
    """Have nothing of it imported, if no part of the pipeline needs it; it is most of the start."""
    read = yaml.safe_load(config.read_text())
    parts = [part["name"] for part in (*read["pipeline"], *read["policies"])]
    unused = all(part in PLAIN or part.startswith(OURS) for part in parts)
    if unused:
        sys.meta_path.insert(0, _Blank())
    return unused


class _AbsentClass(type):
    """Names whatever Rasa's modules mention while they are read, and does nothing."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Leave what is decorated as it is."""
        return args[0] if len(args) == 1 and callable(args[0]) else _absent(cls.__name__)

    def __getitem__(cls, _: Any) -> Any:
        return cls


class _AbsentModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(name)


def _absent(name: str) -> Any:
    return _AbsentClass(name, (), {"__module__": __name__})


class _Blank(MetaPathFinder, Loader):
    """Finds an empty module wherever one of those is imported."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for what is left out, and for nothing else."""
        if fullname.partition(".")[0] not in LEFT_OUT:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Make a module that has every name."""
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it empty."""
