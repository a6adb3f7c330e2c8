"""What stood there before is remembered in the physical id: it lives and dies with the resource."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import TYPE_CHECKING, Any, Final, cast

from custom_resource import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADOPTED: Final = "adopted-"
EXISTING: Final = "existing"
# CloudFormation's limit of a physical id.
_MOST_CHARS: Final = 1024


def adopted(previous: Mapping[str, Any]) -> str:
    """A physical id that remembers a setting.

    Raises:
        RefusedError: It is too long to be remembered.
    """
    packed = zlib.compress(json.dumps(previous, sort_keys=True, separators=(",", ":")).encode(), 9)
    physical_id = _ADOPTED + base64.urlsafe_b64encode(packed).decode()
    if len(physical_id) > _MOST_CHARS:
        raise RefusedError(
            "The setting that is there is too long to be remembered, so it could not be restored. Write it "
            "down, delete it, and deploy again with `create`."
        )
    return physical_id


def previous(physical_id: str) -> dict[str, Any] | None:
    """The setting that a physical id remembers; None when there was none.

    Raises:
        RefusedError: The id is damaged: nothing is deleted on a guess.
    """
    if not physical_id.startswith(_ADOPTED):
        return None
    try:
        packed = base64.urlsafe_b64decode(physical_id.removeprefix(_ADOPTED))
        return cast("dict[str, Any]", json.loads(zlib.decompress(packed)))
    except (binascii.Error, zlib.error, ValueError):
        raise RefusedError(
            "The physical id does not say any more what stood there before. Restore it by hand."
        ) from None
