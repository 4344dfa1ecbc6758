"""What a customer may name, found by rule: numbers, dates, addresses, choices and the like."""

from bot.entities.named import Named
from bot.entities.reading import named_in
from bot.entities.small import is_small

__all__ = ["Named", "is_small", "named_in"]
