"""The page of the hosted sign-in that asks for the TOTP code, which the emulator's sign-in leaves out."""

import html
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

Answer = tuple[int, dict[str, str], bytes]

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Sign in</title></head><body><h1>Enter the code of your app</h1>{fault}
<form method="POST" action="/login"><input type="hidden" name="second_factor" value="{token}">
<input name="code" inputmode="numeric" autocomplete="one-time-code" required>
<button type="submit">Sign in</button></form></body></html>"""
# Fields of the emulator's choice-based pages, which patches.py replaces: they lead round this one.
_CHOICE = {"auth_flow", "ua_token"}
_REFUSED: Answer = (403, {"Content-Type": "text/plain"}, b"Start again.")


class SecondFactor:
    """Holds the redirect of a finished first factor back until the user's code is right.

    Args:
        cognito: The emulator's Cognito module.
        first_factor: Its own handler of the sign-in form.
    """

    def __init__(self, cognito: Any, first_factor: Callable[..., Answer]) -> None:
        self._cognito = cognito
        self._first_factor = first_factor
        self._waiting: dict[str, tuple[str, Answer]] = {}

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes, query: Any) -> Answer:
        """Handle a submitted form: the emulator's own, or the code of this page."""
        form = {key: values[0] for key, values in parse_qs(body.decode(errors="replace")).items()}
        if form.keys() & _CHOICE:
            return _REFUSED
        if "second_factor" in form:
            return self._check(form["second_factor"], form.get("code", ""))
        answer = self._first_factor(method, path, headers, body, query)
        _, pool, _ = self._cognito._find_pool_by_client_id(form.get("client_id", ""))  # noqa: SLF001 - see patches.py
        if answer[0] != HTTPStatus.FOUND or not pool or pool.get("MfaConfiguration", "OFF") == "OFF":
            return answer
        user, _ = self._cognito._resolve_user(pool, form.get("username", ""))  # noqa: SLF001 - see patches.py
        secret: str = user.get("_totp_secret", "") if user else ""
        if not secret and pool["MfaConfiguration"] == "OPTIONAL":
            return answer
        return self._ask(secret, answer)

    def _check(self, token: str, code: str) -> Answer:
        secret, answer = self._waiting.pop(token, ("", _REFUSED))
        if answer is _REFUSED:
            return answer
        # Without an enrolled secret no code is right: the emulator refuses an empty one.
        if self._cognito._totp_matches(secret, code):  # noqa: SLF001 - see patches.py
            return answer
        return self._ask(secret, answer, "<p>Code mismatch</p>")

    def _ask(self, secret: str, answer: Answer, fault: str = "") -> Answer:
        token = secrets.token_urlsafe(24)
        self._waiting[token] = (secret, answer)
        page = _PAGE.format(token=html.escape(token), fault=fault)
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()
