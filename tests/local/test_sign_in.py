"""Sign-in over real HTTP against the embedded AWS: both factors, PKCE, genuine tokens."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pyotp.totp import TOTP

from genai_defense.local.deployment import Deployment, describe, local_api_url
from genai_defense.local.emulator import Emulator, Endpoint
from genai_defense.local.errors import LocalRunError
from genai_defense.local.sign_in import (
    CHAT_SCOPE,
    DemoUser,
    access_token,
    claims_of,
    create_user,
    form_fields,
    password_only,
    start_flow,
)

_CALLBACK = "https://chat.example.com/"


@pytest.fixture(scope="module")
def deployment(aws: Callable[[str], Any], emulator: Emulator) -> Deployment:
    """A user pool as the chatbot has it."""
    cognito = aws("cognito-idp")
    pool = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool, MfaConfiguration="ON", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    scopes = [{"ScopeName": "send", "ScopeDescription": "send"}]
    cognito.create_resource_server(UserPoolId=pool, Identifier="chatbot", Name="chatbot", Scopes=scopes)
    client = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName="page",
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=[CHAT_SCOPE],
        AllowedOAuthFlowsUserPoolClient=True,
        CallbackURLs=[_CALLBACK],
        ExplicitAuthFlows=["ALLOW_USER_AUTH"],
    )
    outputs = {
        "ApiUrl": "https://abc.execute-api.us-east-1.amazonaws.com/v1/",
        "UserPoolId": pool,
        "UserPoolClientId": client["UserPoolClient"]["ClientId"],
        "UserPoolDomain": "domain",
        "AuditBucketName": "bucket",
        "QuotaTableName": "table",
        "KillSwitchParameter": "parameter",
        "ReviewQueueUrl": "queue",
    }
    return describe(outputs, emulator.endpoint)


@pytest.fixture(scope="module")
def user(deployment: Deployment) -> DemoUser:
    """Enrolled with TOTP."""
    return create_user(deployment, "demo")


def test_both_factors_give_an_access_token_with_the_scope(deployment: Deployment, user: DemoUser) -> None:
    claims = claims_of(access_token(deployment, user))
    assert (claims["token_use"], claims["sub"], claims["client_id"]) == (
        "access",
        user.sub,
        deployment.client_id,
    )
    assert CHAT_SCOPE in str(claims["scope"]).split()


def test_the_operators_token_is_the_users_but_has_no_scope(user: DemoUser) -> None:
    claims = claims_of(user.scopeless_token)
    assert (claims["token_use"], claims["sub"]) == ("access", user.sub)
    assert CHAT_SCOPE not in str(claims.get("scope", ""))


def test_the_password_alone_gives_no_code(deployment: Deployment, user: DemoUser) -> None:
    answer = password_only(deployment, user)
    assert "location" not in answer.headers
    assert "second_factor" in form_fields(answer.body)


@pytest.mark.parametrize("code", ["000000", "", "no code"])
def test_a_wrong_code_gives_no_code_and_asks_again(deployment: Deployment, user: DemoUser, code: str) -> None:
    flow = start_flow(deployment)
    asked = form_fields(flow.submit({**flow.open(), "username": user.name, "password": user.password}).body)
    answer = flow.submit({**asked, "code": code})
    assert "location" not in answer.headers
    again = form_fields(answer.body)
    assert again["second_factor"] != asked["second_factor"]
    assert flow.submit({**again, "code": TOTP(user.totp_secret).now()}).status == 302


@pytest.mark.parametrize("field", ["auth_flow", "ua_token"])
def test_no_other_page_leads_round_the_second_factor(
    deployment: Deployment, user: DemoUser, field: str
) -> None:
    flow = start_flow(deployment)
    form = {**flow.open(), "username": user.name, "password": user.password, field: "USER_AUTH"}
    assert flow.submit(form).status == 403


def test_a_page_cannot_be_used_twice(deployment: Deployment, user: DemoUser) -> None:
    flow = start_flow(deployment)
    asked = form_fields(flow.submit({**flow.open(), "username": user.name, "password": user.password}).body)
    right = {**asked, "code": TOTP(user.totp_secret).now()}
    assert flow.submit(right).status == 302
    assert flow.submit(right).status == 403


def test_a_user_without_an_enrolled_app_cannot_pass(deployment: Deployment) -> None:
    cognito = deployment.client("cognito-idp")
    password = "Aa1!without-an-app"
    pool = {"UserPoolId": deployment.user_pool_id, "Username": "bare"}
    cognito.admin_create_user(**pool, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(**pool, Password=password, Permanent=True)
    flow = start_flow(deployment)
    asked = form_fields(flow.submit({**flow.open(), "username": "bare", "password": password}).body)
    assert "location" not in flow.submit({**asked, "code": "123456"}).headers


def test_a_wrong_password_is_refused_with_the_pages_answer(deployment: Deployment, user: DemoUser) -> None:
    stranger = DemoUser(**{**user.__dict__, "password": "wrong"})
    with pytest.raises(LocalRunError, match="second factor: none was asked for"):
        access_token(deployment, stranger)


def test_a_stolen_code_is_worth_nothing_without_the_pkce_secret(
    deployment: Deployment, user: DemoUser
) -> None:
    flow, thief = start_flow(deployment), start_flow(deployment)
    asked = form_fields(flow.submit({**flow.open(), "username": user.name, "password": user.password}).body)
    redirect = flow.submit({**asked, "code": TOTP(user.totp_secret).now()})
    assert parse_qs(urlsplit(redirect.headers["location"]).query)["code"]
    with pytest.raises(LocalRunError, match="/oauth2/token: HTTP 400"):
        thief.redeem(redirect)


def test_a_scope_that_the_client_may_not_ask_for_is_refused(deployment: Deployment, user: DemoUser) -> None:
    with pytest.raises(LocalRunError, match="/oauth2/authorize"):
        access_token(deployment, user, scope="chatbot/admin")


def test_the_enrolment_client_is_gone(deployment: Deployment, user: DemoUser) -> None:
    clients = deployment.client("cognito-idp").list_user_pool_clients(UserPoolId=deployment.user_pool_id)
    assert user.sub
    assert [client["ClientName"] for client in clients["UserPoolClients"]] == ["page"]


def test_a_missing_output_is_named(emulator: Emulator) -> None:
    with pytest.raises(LocalRunError, match="no output named UserPoolId, UserPoolClientId"):
        describe({"ApiUrl": "https://a.execute-api.us-east-1.amazonaws.com/v1/"}, emulator.endpoint)


def test_the_apis_address_becomes_a_local_one() -> None:
    here = Endpoint(url="http://127.0.0.1:5", account="123456789012", region="us-east-1")
    url = local_api_url("https://abc.execute-api.us-east-1.amazonaws.com/v1/", here)
    assert url == "http://127.0.0.1:5/_aws/execute-api/abc/v1"
