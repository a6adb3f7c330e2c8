"""A demo user and its tokens, got the way a browser gets them: code flow with PKCE, password, then TOTP."""

import base64
import hashlib
import html.parser
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from pyotp.totp import TOTP

from genai_defense.local.deployment import Deployment
from genai_defense.local.errors import LocalRunError
from genai_defense.local.web import Reply, send

CHAT_SCOPE = "chatbot/send"
_ENROL_CLIENT = "genai-defense-local-enrolment"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, kw_only=True)
class DemoUser:
    """A user who can sign in.

    Attributes:
        name: User name.
        password: Permanent password, made up for this run.
        totp_secret: What an authenticator app would hold (base32).
        sub: Cognito's id of the user.
        scopeless_token: A genuine access token of the user that lacks the chat scope.
    """

    name: str
    password: str
    totp_secret: str
    sub: str
    scopeless_token: str


class _Fields(html.parser.HTMLParser):
    """The form fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("name"):
            self.values[str(given["name"])] = given.get("value") or ""


def form_fields(page: str) -> dict[str, str]:
    """Names and preset values of a page's input fields."""
    parser = _Fields()
    parser.feed(page)
    return parser.values


def claims_of(token: str) -> dict[str, object]:
    """The claims of a JWT, unverified."""
    payload = token.split(".")[1]
    claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def create_user(deployment: Deployment, name: str) -> DemoUser:
    """Create a user as an operator would, with a permanent password and an enrolled TOTP app."""
    cognito = deployment.client("cognito-idp")
    password = f"Aa1!{secrets.token_urlsafe(18)}"
    email = [{"Name": "email", "Value": f"{name}@example.com"}, {"Name": "email_verified", "Value": "true"}]
    pool = {"UserPoolId": deployment.user_pool_id}
    made = cognito.admin_create_user(
        **pool, Username=name, UserAttributes=email, MessageAction="SUPPRESS", TemporaryPassword=password
    )
    username = made["User"]["Username"]
    cognito.admin_set_user_password(**pool, Username=username, Password=password, Permanent=True)
    sub = next(item["Value"] for item in made["User"]["Attributes"] if item["Name"] == "sub")
    secret, token = _enrol(deployment, username, password)
    return DemoUser(name=name, password=password, totp_secret=secret, sub=sub, scopeless_token=token)


def _enrol(deployment: Deployment, username: str, password: str) -> tuple[str, str]:
    """Enrol TOTP through a short-lived operator's client: the chatbot's own one has only the code flow."""
    cognito = deployment.client("cognito-idp")
    pool = {"UserPoolId": deployment.user_pool_id}
    made = cognito.create_user_pool_client(
        **pool, ClientName=_ENROL_CLIENT, ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )
    client = {"ClientId": made["UserPoolClient"]["ClientId"]}
    login = {
        "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": username, "PASSWORD": password},
    }
    answer = cognito.admin_initiate_auth(**pool, **client, **login)
    # AWS answers with an MFA_SETUP session, the emulator with tokens at once.
    proof = (
        {"Session": answer["Session"]}
        if "Session" in answer
        else {"AccessToken": answer["AuthenticationResult"]["AccessToken"]}
    )
    associated = cognito.associate_software_token(**proof)
    secret = associated["SecretCode"]
    if "Session" in proof:
        proof = {"Session": associated["Session"]}
    cognito.verify_software_token(**proof, UserCode=TOTP(secret).now())
    token = _operator_token(cognito, pool | client, login, username, secret)
    cognito.delete_user_pool_client(**pool, **client)
    return secret, token


def _operator_token(
    cognito: Any, ids: Mapping[str, str], login: Mapping[str, Any], username: str, secret: str
) -> str:
    """An access token with both factors, but from a client that grants no chat scope."""
    challenge = cognito.admin_initiate_auth(**ids, **login)
    responses = {"USERNAME": username, "SOFTWARE_TOKEN_MFA_CODE": TOTP(secret).now()}
    answer = cognito.admin_respond_to_auth_challenge(
        **ids,
        ChallengeName=challenge["ChallengeName"],
        Session=challenge["Session"],
        ChallengeResponses=responses,
    )
    token: str = answer["AuthenticationResult"]["AccessToken"]
    return token


def _failed(step: str, reply: Reply) -> LocalRunError:
    return LocalRunError(
        f"Sign-in failed at {step}: HTTP {reply.status} {reply.body[:300]}",
        "Check the user pool client: code flow, PKCE, the scope and a callback URL.",
    )


@dataclass(frozen=True, kw_only=True)
class CodeFlow:
    """One run through the hosted sign-in pages.

    Attributes:
        deployment: The chatbot.
        callback: Where the user pool sends the browser back to.
        scope: OAuth scope that is asked for.
        verifier: PKCE secret of this run.
    """

    deployment: Deployment
    callback: str
    scope: str
    verifier: str

    def open(self) -> dict[str, str]:
        """Open the sign-in page; its form fields."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query = urlencode(
            {
                "response_type": "code",
                "client_id": self.deployment.client_id,
                "redirect_uri": self.callback,
                "scope": self.scope,
                "state": secrets.token_urlsafe(8),
                "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
                "code_challenge_method": "S256",
            }
        )
        reply = send(f"{self.deployment.endpoint.url}/oauth2/authorize?{query}")
        fields = form_fields(reply.body)
        if reply.status != HTTPStatus.OK or "password" not in fields:
            raise _failed("/oauth2/authorize", reply)
        return fields

    def submit(self, fields: dict[str, str]) -> Reply:
        """Send a sign-in form."""
        return send(
            f"{self.deployment.endpoint.url}/login",
            method="POST",
            headers=_FORM,
            body=urlencode(fields).encode(),
        )

    def redeem(self, redirect: Reply) -> str:
        """Change the code of the last redirect for an access token."""
        location = redirect.headers.get("location", "")
        code = parse_qs(urlsplit(location).query).get("code", [""])[0]
        if redirect.status != HTTPStatus.FOUND or not code:
            raise _failed("/login", redirect)
        grant = {
            "grant_type": "authorization_code",
            "client_id": self.deployment.client_id,
            "redirect_uri": self.callback,
            "code": code,
            "code_verifier": self.verifier,
        }
        url = f"{self.deployment.endpoint.url}/oauth2/token"
        reply = send(url, method="POST", headers=_FORM, body=urlencode(grant).encode())
        token = reply.json().get("access_token")
        if reply.status != HTTPStatus.OK or not isinstance(token, str):
            raise _failed("/oauth2/token", reply)
        return token


def start_flow(deployment: Deployment, scope: str = CHAT_SCOPE) -> CodeFlow:
    """A code flow with the app client's own callback URL and a fresh PKCE secret."""
    described = deployment.client("cognito-idp").describe_user_pool_client(
        UserPoolId=deployment.user_pool_id, ClientId=deployment.client_id
    )
    callback = described["UserPoolClient"]["CallbackURLs"][0]
    return CodeFlow(deployment=deployment, callback=callback, scope=scope, verifier=secrets.token_urlsafe(48))


def password_only(deployment: Deployment, user: DemoUser) -> Reply:
    """What the user pool answers to a right password before it was given a code."""
    flow = start_flow(deployment)
    return flow.submit({**flow.open(), "username": user.name, "password": user.password})


def access_token(deployment: Deployment, user: DemoUser, scope: str = CHAT_SCOPE) -> str:
    """Sign in with password and TOTP code.

    Raises:
        LocalRunError: A page refuses; the text holds its answer.
    """
    flow = start_flow(deployment, scope)
    reply = flow.submit({**flow.open(), "username": user.name, "password": user.password})
    fields = form_fields(reply.body)
    if "second_factor" not in fields:
        raise _failed("the second factor: none was asked for", reply)
    return flow.redeem(flow.submit({**fields, "code": TOTP(user.totp_secret).now()}))
