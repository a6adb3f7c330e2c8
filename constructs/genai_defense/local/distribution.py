"""CloudFront for the laptop: page and API on one origin, as the deployed distribution says.

CloudFront itself has no copy. This server on loopback reads the deployed distribution from the embedded AWS
and does what it says with a request: behaviors, default root object, the header that proves the origin, the
response headers policy with its content security policy. It caches nothing and speaks no TLS; it reads the
bucket with the operator's rights, so the bucket's own policy is not tried.
"""

import http.client
import mimetypes
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from botocore.exceptions import ClientError

from genai_defense.local.deployment import Deployment
from genai_defense.local.distribution_config import Behavior, DistributionConfig
from genai_defense.local.edge_filter import EdgeFilter
from genai_defense.local.emulator import HOST
from genai_defense.proofs.waf import Request

_READ_SECONDS = 60
_CHUNK = 65_536
# Headers of one connection, and those that the origin must not learn.
_OWN = {
    "connection",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
_SETTINGS = "/config.json"
_STOPPED = b"<h1>403 ERROR</h1><p>The request could not be satisfied: request blocked.</p>"


class Distribution:
    """The server, as a context manager.

    Args:
        deployment: The chatbot.
        config: Its distribution (`read_distribution`).
        web_acl: The web ACL in front (`edge_filter`). Default: none is asked.

    Attributes:
        url: Address of the page, `http://localhost:<port>/`. Cognito takes http for no other host name.
    """

    def __init__(
        self, deployment: Deployment, config: DistributionConfig, web_acl: EdgeFilter | None = None
    ) -> None:
        self._deployment = deployment
        members = {
            "deployment": deployment,
            "config": config,
            "s3": deployment.client("s3"),
            "web_acl": web_acl,
        }
        self._server = ThreadingHTTPServer((HOST, 0), type("Handler", (_Handler,), members))
        self._server.daemon_threads = True
        self.url = f"http://localhost:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, name="distribution", daemon=True)

    def __enter__(self) -> Self:
        """Let the user pool send users back to this address, then serve."""
        allow_callback(self._deployment, self.url)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()


def allow_callback(deployment: Deployment, url: str) -> None:
    """Add an address to the app client's callback and sign-out addresses, as an operator would.

    On AWS the deployment names the distribution's address itself; the port of a laptop is known only now.
    """
    cognito = deployment.client("cognito-idp")
    ids = {"UserPoolId": deployment.user_pool_id, "ClientId": deployment.client_id}
    client = cognito.describe_user_pool_client(**ids)["UserPoolClient"]
    unchanging = {"CreationDate", "LastModifiedDate", "ClientSecret", *ids}
    # The emulator also describes settings that were never made, as empty ones.
    kept = {name: value for name, value in client.items() if name not in unchanging and value != ""}
    for name in ("CallbackURLs", "LogoutURLs"):
        kept[name] = [*(entry for entry in kept.get(name, []) if entry != url), url]
    cognito.update_user_pool_client(**ids, **kept)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    deployment: Deployment
    config: DistributionConfig
    s3: Any
    web_acl: EdgeFilter | None

    def _serve(self) -> None:
        self._begun = False
        self._body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        behavior = self.config.behavior(path)
        if self._is_stopped():
            self._answer(HTTPStatus.FORBIDDEN, {"Content-Type": "text/html"}, _STOPPED, behavior)
        elif self.command not in behavior.methods:
            self._answer(
                HTTPStatus.FORBIDDEN, {}, b"This distribution does not take this method here.", behavior
            )
        elif behavior.origin.bucket:
            self._from_bucket(behavior.origin.bucket, path, behavior)
        else:
            self._from_api(behavior)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve  # noqa: N815 - the base class's names

    def _local(self, text: str) -> str:
        """A text of the deployment with Cognito's address replaced by that of the embedded AWS."""
        here = self.deployment.endpoint.url
        there = self.deployment.sign_in_url
        return text.replace(there, here).replace(urlsplit(there).netloc, here)

    def _is_stopped(self) -> bool:
        """Whether the web ACL refuses the request, as far as its own rules go."""
        if self.web_acl is None:
            return False
        target = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=target.path,
            query=target.query,
            headers=list(self.headers.items()),
            body=self._body,
            client_address=self.client_address[0],
            time=time.monotonic(),
        )
        return not self.web_acl.verdict(request).passes

    def _answer(self, status: int, headers: Mapping[str, str], body: bytes, behavior: Behavior) -> None:
        self._head(status, {**headers, "Content-Length": str(len(body))}, behavior)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: int, headers: Mapping[str, str], behavior: Behavior) -> None:
        self._begun = True
        self.send_response_only(status)
        self.send_header("Date", self.date_time_string())
        for name, value in behavior.headers.apply(headers).items():
            self.send_header(name, self._local(value))
        self.end_headers()

    def _from_bucket(self, bucket: str, path: str, behavior: Behavior) -> None:
        key = unquote(path.lstrip("/")) or self.config.root
        try:
            found = self.s3.get_object(Bucket=bucket, Key=key)
        except ClientError:
            # Without the right to list, S3 tells nobody what is missing and what is forbidden.
            self._answer(HTTPStatus.FORBIDDEN, {"Content-Type": "text/plain"}, b"AccessDenied", behavior)
            return
        body: bytes = found["Body"].read()
        if path == _SETTINGS:
            body = self._local(body.decode()).encode()
        kind = found.get("ContentType") or mimetypes.guess_type(key)[0] or "application/octet-stream"
        kept = {"Cache-Control": found["CacheControl"]} if found.get("CacheControl") else {}
        self._answer(HTTPStatus.OK, {"Content-Type": kind, **kept}, body, behavior)

    def _from_api(self, behavior: Behavior) -> None:
        target = urlsplit(behavior.origin.url or "")
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OWN}
        # What the distribution adds replaces what a viewer claims.
        added = {name.lower() for name in behavior.origin.headers}
        headers = {name: value for name, value in headers.items() if name.lower() not in added}
        came_by = [value for name, value in headers.items() if name.lower() == "x-forwarded-for"]
        headers = {name: value for name, value in headers.items() if name.lower() != "x-forwarded-for"}
        headers["X-Forwarded-For"] = ", ".join([*came_by, self.client_address[0]])
        connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=_READ_SECONDS)
        try:
            connection.request(
                self.command,
                target.path + self.path,
                self._body or None,
                {**headers, **behavior.origin.headers},
            )
            self._pass_on(connection.getresponse(), behavior)
        except (OSError, http.client.HTTPException):
            self.close_connection = True
            if not self._begun:
                self._answer(HTTPStatus.BAD_GATEWAY, {"Content-Type": "text/plain"}, b"No answer.", behavior)
        finally:
            connection.close()

    def _pass_on(self, response: http.client.HTTPResponse, behavior: Behavior) -> None:
        """Hand the answer on as it comes, so that a streamed one is seen segment by segment."""
        headers = {name: value for name, value in response.getheaders() if name.lower() not in _OWN}
        sized = "content-length" in {name.lower() for name in headers}
        empty = self.command == "HEAD" or response.status in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}
        streamed = not sized and not empty
        if streamed:
            headers["Transfer-Encoding"] = "chunked"
        self._head(response.status, headers, behavior)
        while piece := response.read1(_CHUNK):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if streamed else piece)
            self.wfile.flush()
        if streamed:
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: addresses and texts do not belong into the terminal."""
