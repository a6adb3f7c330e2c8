"""Who may ask: the sign-in, the tokens."""

import base64
import json

from genai_defense.local.scenario import Scene, Step, Verdict, brief
from genai_defense.local.sign_in import CHAT_SCOPE, claims_of, password_only
from genai_defense.local.web import Reply

_QUESTION = b'{"message": "When are you open?"}'


def _json_part(data: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def with_claims(token: str, **changed: object) -> str:
    """A token with other claims under the old signature."""
    header, _, signature = token.split(".")
    return ".".join((header, _json_part({**claims_of(token), **changed}), signature))


def unsigned(token: str) -> str:
    """The token's claims under `alg: none`, without a signature."""
    return f"{_json_part({'alg': 'none', 'typ': 'JWT'})}.{token.split('.')[1]}."


def _refused(reply: Reply, *statuses: int) -> Verdict:
    return brief(reply), reply.status in statuses and "answer" not in reply.json()


def _second_factor(scene: Scene) -> Verdict:
    reply = password_only(scene.deployment, scene.user)
    asks = "second_factor" in reply.body and "code=" not in reply.headers.get("location", "")
    return ("asks for the code" if asks else f"{reply.status} {reply.headers.get('location', '')}"), asks


def _signed_in(scene: Scene) -> Verdict:
    claims = claims_of(scene.token)
    good = claims.get("token_use") == "access" and CHAT_SCOPE in str(claims.get("scope", "")).split()
    return f"{claims.get('token_use')} token, scope {claims.get('scope')}", good


def _scopeless(scene: Scene) -> Verdict:
    claims = claims_of(scene.user.scopeless_token)
    if CHAT_SCOPE in str(claims.get("scope", "")).split():
        return "the token has the scope, so the step shows nothing", False
    return _refused(scene.post(_QUESTION, scene.user.scopeless_token), 401, 403)


STEPS = (
    Step(name="Sign in with the password alone", expected="asks for the code", check=_second_factor),
    Step(
        name="Sign in with password and TOTP code (PKCE)",
        expected=f"access token, {CHAT_SCOPE}",
        check=_signed_in,
    ),
    Step(
        name="Ask without a token",
        expected="401",
        check=lambda scene: _refused(scene.post(_QUESTION, None), 401),
    ),
    Step(
        name="Ask with garbage as token",
        expected="401",
        check=lambda scene: _refused(scene.post(_QUESTION, "garbage.in.token"), 401),
    ),
    Step(
        name="Ask with a tampered token (another user's sub)",
        expected="401",
        check=lambda scene: _refused(
            scene.post(_QUESTION, with_claims(scene.token, sub=scene.other.sub)), 401
        ),
    ),
    Step(
        name="Ask with an unsigned token (alg: none)",
        expected="401",
        check=lambda scene: _refused(scene.post(_QUESTION, unsigned(scene.token)), 401),
    ),
    Step(name="Ask with a token without the scope", expected="401 or 403", check=_scopeless),
)
