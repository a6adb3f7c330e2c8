"""What should not be in an environment, and what should."""

import re
from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, GENAI
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import places
from genai_defense.mutation.shapes import is_object

_FUNCTION = "AWS::Lambda::Function"
_VARIABLES = ("Environment", "Variables")


@operator(id="function-holds-secret", mutant_class=CONVENTIONAL, resource_types=(_FUNCTION,))
def secret(site: Site) -> Iterator[Weakening]:
    """Whoever may describe the function knows it."""
    present = site.get(*_VARIABLES)
    if is_object(present) and "OPENAI_API_KEY" not in present:
        made = "sk-" + "proj-" + "4f9a1c" * 6
        yield site.weakening(
            "A key stands in its environment.", site.edit((*_VARIABLES, "OPENAI_API_KEY"), made)
        )


@operator(id="function-forgets-guardrail", mutant_class=GENAI, resource_types=(_FUNCTION,))
def guardrail(site: Site) -> Iterator[Weakening]:
    """Every variable that names a guardrail."""
    for place in places(site.properties, ".".join(_VARIABLES)):
        names = (
            [n for n in place.value if re.search("GUARDRAIL", n.upper())] if is_object(place.value) else []
        )
        if names:
            yield site.weakening(
                "It does not know the guardrail.", *(site.edit((*place.path, name)) for name in names)
            )


@operator(id="function-forgets-kill-switch", mutant_class=GENAI, resource_types=(_FUNCTION,))
def kill_switch(site: Site) -> Iterator[Weakening]:
    """Every variable that names a kill switch."""
    for place in places(site.properties, ".".join(_VARIABLES)):
        names = [n for n in place.value if "KILL_SWITCH_PARAMETER" in n] if is_object(place.value) else []
        if names:
            yield site.weakening("Nothing stops it.", *(site.edit((*place.path, name)) for name in names))
