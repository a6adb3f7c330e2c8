"""Replacing functions of the emulator: what is no longer where it was ends the run."""

from collections.abc import Callable
from typing import Any

from genai_defense.local.errors import LocalRunError

Function = Callable[..., Any]
_UPGRADE = "Install the pinned emulator (make setup), or adapt genai_defense/local/patches*.py."


def require(place: Any, *names: str) -> None:
    """Make sure that a module or class has these names.

    Raises:
        LocalRunError: It lacks one.
    """
    if missing := [name for name in names if not hasattr(place, name)]:
        raise LocalRunError(f"The emulator's {place.__name__} has no {', '.join(missing)}.", _UPGRADE)


def swap(module: Any, name: str, wrap: Callable[[Function], Function]) -> None:
    """Put what `wrap` makes of a function in its place.

    Raises:
        LocalRunError: The module has no such function.
    """
    original = getattr(module, name, None)
    if not callable(original):
        raise LocalRunError(f"The emulator's {module.__name__} has no {name}.", _UPGRADE)
    setattr(module, name, wrap(original))
