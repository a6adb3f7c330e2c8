"""Where the files of the chat page are: in a checkout, and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def chat_page_folders() -> tuple[Path, Path]:
    """Two folders that together are the page's root: its own files, and the libraries that it loads.

    The second one holds `vendor/`, which set-up copies from the locked npm packages, so that the page loads
    nothing from another host.

    Raises:
        FileNotFoundError: The libraries are not there.
    """
    for vendored in (_PACKAGE / "_chat_page_vendor", _CHECKOUT / "build" / "chat-page-vendor"):
        if (vendored / "vendor").is_dir():
            return _PACKAGE / "user_interface" / "chat_page", vendored
    raise FileNotFoundError(
        "The chat page's libraries are missing. In a checkout, run `make setup`; otherwise install "
        "genai-defense again.",
    )
