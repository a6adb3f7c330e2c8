"""The store of training and evaluation data, and what is evaluated."""

from typing import Annotated

from pydantic import Field, StringConstraints

from genai_defense.settings.section import Section

_Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]


class EvaluationSettings(Section):
    """The store of training and evaluation data, and what is evaluated.

    Attributes:
        enabled: Whether there is a store. Each version of a data set is locked as audit records are.
        evaluations: Names of the evaluations that are compared with their baselines every day, such as
            `answers`. Default: none, so that there is no function.
    """

    enabled: bool = False
    evaluations: Annotated[tuple[_Name, ...], Field(strict=False)] = ()
