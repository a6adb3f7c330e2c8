"""The stand-in for CloudFront does what the deployed distribution says, and nothing else."""

import http.client
import threading
from collections.abc import Callable, Generator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest

from genai_defense.local.deployment import Deployment
from genai_defense.local.distribution import Distribution, allow_callback
from genai_defense.local.distribution_config import (
    Behavior,
    DistributionConfig,
    HeaderRules,
    Origin,
    read_distribution,
)
from genai_defense.local.emulator import Emulator
from genai_defense.local.errors import LocalRunError
from genai_defense.local.web import send

_SIGN_IN = "https://chatbot-1.auth.us-east-1.amazoncognito.com"
_RULES = HeaderRules(
    set={
        "Content-Security-Policy": (f"default-src 'none'; connect-src 'self' {_SIGN_IN}", True),
        "X-Frame-Options": ("DENY", True),
        "Referrer-Policy": ("no-referrer", False),
    },
    removed=frozenset({"server", "x-secret"}),
)


class _Api(BaseHTTPRequestHandler):
    """An origin that says what it got, or streams until the test lets go."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, str, dict[str, str], bytes]] = []  # noqa: RUF012 - one list for the server
    go_on = threading.Event()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("X-Secret", "key id")
        self.end_headers()
        self.wfile.write(b"3\r\none\r\n")
        self.wfile.flush()
        self.go_on.wait(10)
        self.wfile.write(b"3\r\ntwo\r\n0\r\n\r\n")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(422)
        self.send_header("Content-Type", "application/json")
        self.send_header("Retry-After", "7")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_DELETE(self) -> None:
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture
def api() -> Generator[str]:
    """Address of an origin."""
    _Api.seen.clear()
    _Api.go_on.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Api)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture
def deployment(emulator: Emulator, aws: Callable[[str], Any]) -> Iterator[Deployment]:
    """A user pool with a client, and a bucket with a page."""
    cognito, s3 = aws("cognito-idp"), aws("s3")
    pool = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName="web",
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid"],
        AllowedOAuthFlowsUserPoolClient=True,
        CallbackURLs=["https://chat.example.com/"],
        LogoutURLs=["https://chat.example.com/"],
        SupportedIdentityProviders=["COGNITO"],
    )["UserPoolClient"]["ClientId"]
    s3.create_bucket(Bucket="page")
    s3.put_object(Bucket="page", Key="index.html", Body=b"<!doctype html>", ContentType="text/html")
    s3.put_object(Bucket="page", Key="app/main.js", Body=b"//", ContentType="text/javascript")
    settings = f'{{"cognito_domain": "{_SIGN_IN}"}}'.encode()
    s3.put_object(Bucket="page", Key="config.json", Body=settings, ContentType="application/json")
    yield Deployment(
        endpoint=emulator.endpoint,
        api_url="",
        sign_in_url=_SIGN_IN,
        user_pool_id=pool,
        client_id=client,
        audit_bucket="",
        quota_table="",
        kill_switch="",
        review_queue="",
    )
    cognito.delete_user_pool(UserPoolId=pool)


@pytest.fixture
def page(deployment: Deployment, api: str) -> Generator[str]:
    """Address of a running distribution."""
    bucket = Origin(bucket="page", url=None, headers={})
    proved = Origin(bucket=None, url=api, headers={"x-origin-verify": "proof"})
    config = DistributionConfig(
        behaviors=(
            Behavior(
                pattern="/api/*",
                origin=proved,
                methods=frozenset({"GET", "HEAD", "OPTIONS", "POST", "DELETE"}),
                headers=_RULES,
            ),
            Behavior(pattern="*", origin=bucket, methods=frozenset({"GET", "HEAD"}), headers=_RULES),
        ),
        root="index.html",
    )
    with Distribution(deployment, config) as running:
        yield running.url


def test_the_root_is_the_page_with_the_headers_of_the_policy(page: str, emulator: Emulator) -> None:
    reply = send(page)
    assert (reply.status, reply.body, reply.headers["content-type"]) == (200, "<!doctype html>", "text/html")
    assert reply.headers["x-frame-options"] == "DENY"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert "server" not in reply.headers
    assert (
        reply.headers["content-security-policy"]
        == f"default-src 'none'; connect-src 'self' {emulator.endpoint.url}"
    )


def test_the_settings_name_the_sign_in_that_answers_here(page: str, emulator: Emulator) -> None:
    assert send(f"{page}config.json").json() == {"cognito_domain": emulator.endpoint.url}


def test_what_is_not_there_is_forbidden_and_carries_the_headers_too(page: str) -> None:
    for path in ("secret.txt", "..%2f..%2fetc/passwd", "app/"):
        reply = send(f"{page}{path}")
        assert (reply.status, reply.body) == (403, "AccessDenied")
        assert "content-security-policy" in reply.headers


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_a_method_that_the_behavior_does_not_take_is_refused(page: str, method: str) -> None:
    assert send(page, method=method, body=b"x").status == 403


def test_an_api_request_carries_the_proof_and_no_claimed_one(page: str) -> None:
    headers = {"X-Origin-Verify": "forged", "Authorization": "Bearer t", "Content-Type": "application/json"}
    reply = send(f"{page}api/chat?a=%20b", method="POST", headers=headers, body=b'{"message": 1}')
    assert (reply.status, reply.body, reply.headers["retry-after"]) == (422, "{}", "7")
    ((method, path, seen, body),) = _Api.seen
    assert (method, path, body) == ("POST", "/v1/api/chat?a=%20b", b'{"message": 1}')
    assert seen["x-origin-verify"] == "proof"
    assert seen["authorization"] == "Bearer t"
    assert not seen["host"].startswith("localhost")


def test_an_answer_without_a_body_has_none(page: str) -> None:
    reply = send(f"{page}api/conversations/c-1", method="DELETE")
    assert (reply.status, reply.body) == (204, "")
    assert "transfer-encoding" not in reply.headers


def test_a_streamed_answer_comes_piece_by_piece(page: str) -> None:
    parts = urlsplit(page)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=10)
    connection.request("GET", "/api/chat/stream")
    response = connection.getresponse()
    assert response.read1(100) == b"one"
    assert response.getheader("x-secret") is None
    _Api.go_on.set()
    assert response.read() == b"two"
    connection.close()


def test_an_origin_that_is_away_is_a_bad_gateway_and_not_the_end(deployment: Deployment) -> None:
    away = Origin(bucket=None, url="http://127.0.0.1:9/v1", headers={})
    behavior = Behavior(pattern="*", origin=away, methods=frozenset({"GET"}), headers=_RULES)
    with Distribution(deployment, DistributionConfig(behaviors=(behavior,), root="")) as running:
        for _ in range(2):
            assert send(running.url).status == 502


def test_users_may_come_back_to_this_address_and_to_the_deployed_ones(
    deployment: Deployment, aws: Callable[[str], Any]
) -> None:
    for _ in range(2):
        allow_callback(deployment, "http://localhost:1234/")
    described = aws("cognito-idp").describe_user_pool_client(
        UserPoolId=deployment.user_pool_id, ClientId=deployment.client_id
    )["UserPoolClient"]
    assert described["CallbackURLs"] == ["https://chat.example.com/", "http://localhost:1234/"]
    assert described["LogoutURLs"] == described["CallbackURLs"]
    assert described["AllowedOAuthFlows"] == ["code"]


def _deploy(
    aws: Callable[[str], Any], *, cors: bool = False, host: str = "api-1.execute-api.us-east-1.amazonaws.com"
) -> str:
    cloudfront = aws("cloudfront")
    headers: dict[str, Any] = {
        "Name": "headers",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {"Override": True, "ContentSecurityPolicy": "default-src 'none'"},
            "ContentTypeOptions": {"Override": True},
            "FrameOptions": {"Override": True, "FrameOption": "DENY"},
            "StrictTransportSecurity": {
                "Override": True,
                "AccessControlMaxAgeSec": 60,
                "IncludeSubdomains": True,
                "Preload": True,
            },
        },
        "CustomHeadersConfig": {
            "Quantity": 1,
            "Items": [{"Header": "Permissions-Policy", "Value": "camera=()", "Override": True}],
        },
        "RemoveHeadersConfig": {"Quantity": 1, "Items": [{"Header": "Server"}]},
    }
    if cors:
        every = {"Quantity": 1, "Items": ["*"]}
        headers["CorsConfig"] = {
            "AccessControlAllowOrigins": every,
            "AccessControlAllowHeaders": every,
            "AccessControlAllowMethods": {"Quantity": 1, "Items": ["GET"]},
            "AccessControlAllowCredentials": False,
            "OriginOverride": True,
        }
    policy = cloudfront.create_response_headers_policy(ResponseHeadersPolicyConfig=headers)
    common = {
        "ViewerProtocolPolicy": "https-only",
        "ResponseHeadersPolicyId": policy["ResponseHeadersPolicy"]["Id"],
    }
    proof = {"Quantity": 1, "Items": [{"HeaderName": "x-origin-verify", "HeaderValue": "proof"}]}
    config = {
        "CallerReference": host + str(cors),
        "Comment": "",
        "Enabled": True,
        "DefaultRootObject": "index.html",
        "Origins": {
            "Quantity": 2,
            "Items": [
                {
                    "Id": "page",
                    "DomainName": "page.s3.us-east-1.amazonaws.com",
                    "S3OriginConfig": {"OriginAccessIdentity": ""},
                },
                {
                    "Id": "api",
                    "DomainName": host,
                    "OriginPath": "/v1",
                    "CustomHeaders": proof,
                    "CustomOriginConfig": {
                        "HTTPPort": 80,
                        "HTTPSPort": 443,
                        "OriginProtocolPolicy": "https-only",
                    },
                },
            ],
        },
        "DefaultCacheBehavior": {
            **common,
            "TargetOriginId": "page",
            "AllowedMethods": {"Quantity": 2, "Items": ["GET", "HEAD"]},
        },
        "CacheBehaviors": {
            "Quantity": 1,
            "Items": [
                {
                    **common,
                    "PathPattern": "/api/*",
                    "TargetOriginId": "api",
                    "AllowedMethods": {"Quantity": 3, "Items": ["GET", "HEAD", "POST"]},
                }
            ],
        },
    }
    made = cloudfront.create_distribution(DistributionConfig=config)
    return str(made["Distribution"]["Id"])


def _remove(aws: Callable[[str], Any], distribution: str) -> None:
    cloudfront = aws("cloudfront")
    got = cloudfront.get_distribution_config(Id=distribution)
    config = {**got["DistributionConfig"], "Enabled": False}
    updated = cloudfront.update_distribution(Id=distribution, IfMatch=got["ETag"], DistributionConfig=config)
    cloudfront.delete_distribution(Id=distribution, IfMatch=updated["ETag"])
    for item in cloudfront.list_response_headers_policies(Type="custom")["ResponseHeadersPolicyList"][
        "Items"
    ]:
        policy = cloudfront.get_response_headers_policy(Id=item["ResponseHeadersPolicy"]["Id"])
        cloudfront.delete_response_headers_policy(
            Id=policy["ResponseHeadersPolicy"]["Id"], IfMatch=policy["ETag"]
        )


def test_the_deployed_distribution_is_read_with_its_origins_and_headers(
    deployment: Deployment, aws: Callable[[str], Any], emulator: Emulator
) -> None:
    made = _deploy(aws)
    try:
        config = read_distribution(deployment)
    finally:
        _remove(aws, made)
    api, page = config.behavior("/api/chat"), config.behavior("/")
    assert config.root == "index.html"
    assert page.origin.bucket == "page"
    assert api.origin.url == f"{emulator.endpoint.url}/_aws/execute-api/api-1/v1"
    assert api.origin.headers == {"x-origin-verify": "proof"}
    assert page.methods == frozenset({"GET", "HEAD"})
    assert api.methods == frozenset({"GET", "HEAD", "POST"})
    assert page.headers.apply({"Server": "S3", "ETag": "1"}) == {
        "ETag": "1",
        "Content-Security-Policy": "default-src 'none'",
        "Permissions-Policy": "camera=()",
        "Strict-Transport-Security": "max-age=60; includeSubDomains; preload",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def test_a_policy_that_opens_cors_is_refused(deployment: Deployment, aws: Callable[[str], Any]) -> None:
    made = _deploy(aws, cors=True)
    try:
        with pytest.raises(LocalRunError, match="open CORS"):
            read_distribution(deployment)
    finally:
        _remove(aws, made)


def test_an_origin_that_is_neither_bucket_nor_api_is_refused(
    deployment: Deployment, aws: Callable[[str], Any]
) -> None:
    made = _deploy(aws, host="elsewhere.example.com")
    try:
        with pytest.raises(LocalRunError, match=r"elsewhere\.example\.com"):
            read_distribution(deployment)
    finally:
        _remove(aws, made)


def test_without_a_distribution_the_run_says_so(deployment: Deployment) -> None:
    with pytest.raises(LocalRunError, match="0 distributions"):
        read_distribution(deployment)


def test_a_header_without_override_leaves_the_origins_alone() -> None:
    rules = HeaderRules(set={"Referrer-Policy": ("no-referrer", False)}, removed=frozenset())
    assert rules.apply({"referrer-policy": "origin"}) == {"referrer-policy": "origin"}
    assert rules.apply({}) == {"Referrer-Policy": "no-referrer"}
