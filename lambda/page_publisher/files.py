"""What the browser is told about each file: its type, and how long it may be kept."""

from __future__ import annotations

import re
from typing import Final

from custom_resource import RefusedError

INDEX: Final = "index.html"
CONFIG: Final = "config.json"
_UTF8: Final = "; charset=utf-8"
_TYPES: Final = {
    "css": f"text/css{_UTF8}",
    "html": f"text/html{_UTF8}",
    "ico": "image/x-icon",
    "js": f"text/javascript{_UTF8}",
    "json": "application/json",
    "mjs": f"text/javascript{_UTF8}",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": f"text/plain{_UTF8}",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
# A name with the content's hash (main.3f2a9c71.js) or a full version (purify-3.2.6.js) never changes content.
_FIXED: Final = re.compile(r"[.-](?:[0-9a-f]{8,64}|\d+\.\d+\.\d+)\.[a-z0-9]+", re.ASCII)
REVALIDATE: Final = "no-cache"
KEEP: Final = "public, max-age=31536000, immutable"


def content_type(path: str) -> str:
    """The media type of a file.

    Raises:
        RefusedError: Its ending is none of the page's.
    """
    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    try:
        return _TYPES[ending]
    except KeyError:
        raise RefusedError(
            f"{path!r} is of no kind that a page has. Allowed endings: {', '.join(sorted(_TYPES))}."
        ) from None


def cache_control(path: str) -> str:
    """Keep what can never change; ask again for everything else, so that nothing must be invalidated."""
    return KEEP if _FIXED.search(path.rpartition("/")[2]) else REVALIDATE
