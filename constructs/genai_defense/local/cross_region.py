"""References to the output of a stack in another Region: the emulator looks for it in its own."""

from collections.abc import Callable
from typing import Any

_READ = "Fn::GetStackOutput"


def across_regions(responses: Any, original: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the emulator's resolver of intrinsic functions.

    Args:
        responses: The emulator's `core.responses`, which holds the Region of the request.
        original: `_resolve_refs`.
    """

    def resolve(value: Any, *context: Any) -> Any:
        asked: Any = value.get(_READ) if isinstance(value, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - a template's own values
        region = asked.get("Region") if isinstance(asked, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - the same
        if not isinstance(region, str):
            return original(value, *context)
        token = responses._request_region.set(region)  # noqa: SLF001 - patches.py checks
        try:
            return original(value, *context)
        finally:
            responses._request_region.reset(token)  # noqa: SLF001 - the same

    return resolve
