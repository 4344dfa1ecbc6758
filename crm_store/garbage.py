"""Searches for garbage that pass over what stays in memory for good."""

import gc


def settle() -> None:
    """Leave whatever is in memory now out of all later searches for garbage.

    To look through modules, tables and models takes some hundred milliseconds, in which nobody is
    answered. What is not used any more since the last time is freed before.

    https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
