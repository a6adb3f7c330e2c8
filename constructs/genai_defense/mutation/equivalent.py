"""Mutants that a reviewer found to weaken nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.values import json_list, json_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from genai_defense.mutation.mutant import Mutant

REVIEWED = Path(__file__).with_name("equivalent.toml")
"""The file that comes with the kit."""
_FIELDS = {"mutant", "reason", "proof"}


@dataclass(frozen=True, kw_only=True)
class Equivalent:
    """Why some mutants are as strong as what they were made of.

    Attributes:
        mutant: Pattern of their ids.
        reason: The argument.
        proof: The proof that shows it; empty where it is argued only.
    """

    mutant: str
    reason: str
    proof: str = ""

    def fits(self, mutant: Mutant) -> bool:
        """Whether it is about this mutant."""
        return fnmatchcase(mutant.id, self.mutant)

    def is_stale(self, mutants: Iterable[Mutant]) -> bool:
        """Whether it is about the operator and template of one of these, and about none of them.

        An entry for every template is about whatever is weakened, so it is never stale.
        """
        operator, _, rest = self.mutant.partition("/")
        template = rest.rsplit("/", 2)[0]
        if template == "*":
            return False
        meant = [
            one
            for one in mutants
            if fnmatchcase(one.operator, operator) and fnmatchcase(one.template, template)
        ]
        return bool(meant) and not any(map(self.fits, meant))


def read_equivalents(path: Path = REVIEWED) -> tuple[Equivalent, ...]:
    """Read a reviewed file.

    Args:
        path: The file. Default: the kit's own.

    Raises:
        UnusableInputError: It cannot be read, or an entry lacks its pattern or its reason.
    """
    try:
        listed = json_list(tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent"))
    except OSError as error:
        raise UnusableInputError(f"{path}: {error.strerror or error}.") from error
    except ValueError as error:
        raise UnusableInputError(f"{path}: not readable as TOML: {error}.") from error
    return tuple(_entry(raw, path) for raw in listed)


def _entry(raw: object, path: Path) -> Equivalent:
    given = json_object(raw) or {}
    texts = {name: value for name, value in given.items() if isinstance(value, str) and name in _FIELDS}
    if len(texts) != len(given) or not {"mutant", "reason"} <= set(texts):
        raise UnusableInputError(
            f"{path}: an entry is a table with the texts mutant and reason, and proof if there is one; this"
            f" is {given!r}."
        )
    if texts["mutant"].count("/") < 3:  # noqa: PLR2004 - four parts
        raise UnusableInputError(
            f"{path}: {texts['mutant']!r} is no pattern of ids; they are operator/template/resource/number."
        )
    return Equivalent(**texts)
