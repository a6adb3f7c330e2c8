"""The operators, one service a file. They know services, not rules: none imports `checks`."""

import importlib
import pkgutil

from genai_defense.mutation.operator import Operator


def load_operators() -> tuple[Operator, ...]:
    """Every operator of the modules here, in the order of their ids.

    Raises:
        ValueError: Two operators have the same id.
    """
    found: dict[str, Operator] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, Operator) and found.setdefault(value.id, value) is not value:
                raise ValueError(f"Two operators are called {value.id}.")
    return tuple(found[name] for name in sorted(found))
