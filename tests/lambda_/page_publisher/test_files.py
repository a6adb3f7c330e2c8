"""Each file gets its type, and is kept only when its name fixes its content."""

from __future__ import annotations

import pytest

from custom_resource import RefusedError
from page_publisher.files import cache_control, content_type


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("app/main.js", "text/javascript; charset=utf-8"),
        ("style/base.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("config.json", "application/json"),
        ("vendor/marked.LICENSE.txt", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_is_served_as_what_it_is(path: str, kind: str) -> None:
    assert content_type(path) == kind


@pytest.mark.parametrize("path", ["run.exe", "page.php", "README", "app.js/noending"])
def test_anything_else_is_no_file_of_a_page(path: str) -> None:
    with pytest.raises(RefusedError):
        content_type(path)


@pytest.mark.parametrize("path", ["index.html", "config.json", "app/main.js", "v1.2.3/main.js", "a-1.2.js"])
def test_what_may_change_is_asked_for_again(path: str) -> None:
    assert cache_control(path) == "no-cache"


@pytest.mark.parametrize(
    "path", ["app/main.3f2a9c71.js", "vendor/purify-3.2.6.js", "style/a-0123456789abcdef.css"]
)
def test_what_cannot_change_is_kept_for_a_year(path: str) -> None:
    assert cache_control(path) == "public, max-age=31536000, immutable"
