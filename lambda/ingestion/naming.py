"""Whose a landed object is, and under which name it is kept."""

from __future__ import annotations

import re
from typing import Final

from document_records import TENANT

NOBODY: Final = "unknown-tenant"
"""Where uploads under a malformed key are quarantined; no contributor's policy reaches it."""
_STRANGE: Final = re.compile(r"[^\w.() +,@&=-]")
_MOST_CHARS: Final = 120


def tenant_of(key: str) -> str | None:
    """The first segment of a landing key; None when it is no tenant's name."""
    tenant, slash, _ = key.partition("/")
    return tenant if slash and tenant != NOBODY and TENANT.fullmatch(tenant) else None


def file_name_of(key: str) -> str:
    """What stands behind the tenant; a name with a slash is refused by the reader."""
    return key.partition("/")[2]


def kept_name(key: str) -> str:
    """The file name for keys of other buckets: letters, digits and harmless signs, short, never empty."""
    name = _STRANGE.sub("_", file_name_of(key).replace("/", "_")).strip(". ")
    return name[-_MOST_CHARS:] or "unnamed"
