"""The page with a made-up server behind it: what the page does with answers that the real one never gives."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from genai_defense.user_interface.chat_page_files import chat_page_folders

ALLOWED_HOST = "docs.aws.amazon.com"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types dompurify"
)
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
Lines = list[dict[str, Any]]


def answered(*segments: str, **more: Any) -> Lines:
    """The lines of an ordinary streamed answer."""
    end = {"type": "end", "outcome": "answered", "request_id": "request-1", **more}
    return [
        {"type": "start", "conversation_id": "c-1", "request_id": "request-1"},
        *({"type": "segment", "text": text} for text in segments),
        end,
    ]


def _token(**claims: Any) -> str:
    part = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"e30.{part}.c2ln"


@dataclass
class Script:
    """What the made-up server says; a test changes it.

    Attributes:
        lines: Lines of the streamed answer to a message.
        pause: Seconds between two lines.
        plain: Status, headers and body of an answer without a stream, instead of `lines`.
        streams: Whether there is a streaming route at all.
        groups: Groups of the user.
        conversations: The list.
        deleted_at_once: How many conversations one "delete my data" deletes.
        turns: Turns of any conversation.
        earlier: What is older than the list and the turns, if anything.
        approvals: What waits.
        asked: Every request: method, path, body.
        revoked: Tokens that were revoked.
        lifetime: Seconds that an access token lives.
    """

    lines: Callable[[str], Lines] = lambda message: answered(f"You said: {message}")
    pause: float = 0.0
    plain: tuple[int, Mapping[str, str], Any] | None = None
    streams: bool = True
    groups: list[str] = field(default_factory=list[str])
    conversations: Lines = field(default_factory=list[dict[str, Any]])
    deleted_at_once: int = 100
    turns: Lines = field(default_factory=list[dict[str, Any]])
    earlier: Lines = field(default_factory=list[dict[str, Any]])
    approvals: Lines = field(default_factory=list[dict[str, Any]])
    asked: list[tuple[str, str, Any]] = field(default_factory=list[tuple[str, str, Any]])
    revoked: list[str] = field(default_factory=list[str])
    lifetime: int = 900


def _file(path: str) -> tuple[Path, str] | None:
    name = path.lstrip("/") or "index.html"
    for folder in chat_page_folders():
        if (folder / name).is_file():
            return folder / name, _TYPES[(folder / name).suffix]
    return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: Script

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Security-Policy": CSP,
            "X-Content-Type-Options": "nosniff",
            **headers,
        }.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _json(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        data = b"" if status == 204 else json.dumps(body).encode()
        self._send(status, data, {"Content-Type": "application/json", **(headers or {})})

    def _redirect(self, to: str) -> None:
        self._send(302, b"", {"Location": to})

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/config.json":
            host = f"http://{self.headers['Host']}"
            settings = {"client_id": "client", "cognito_domain": host, "scope": "openid chatbot/send"}
            self._json(200, {**settings, "api": "/api", "allowed_link_hosts": [ALLOWED_HOST]})
        elif parts.path in {"/oauth2/authorize", "/passkeys/add"}:
            self.script.asked.append(("GET", parts.path, query))
            self._redirect(f"{query['redirect_uri']}?{urlencode({'code': 'code', 'state': query['state']})}")
        elif parts.path == "/logout":
            self._redirect(query["logout_uri"])
        elif parts.path.startswith("/api/"):
            self._api("GET", parts.path, query or None)
        elif found := _file(parts.path):
            self._send(200, found[0].read_bytes(), {"Content-Type": found[1]})
        else:
            self._send(404, b"not here", {"Content-Type": "text/plain"})

    def do_DELETE(self) -> None:
        self._api("DELETE", urlsplit(self.path).path, None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        path = urlsplit(self.path).path
        if path == "/oauth2/token":
            user = {"email": "demo@example.com", "cognito:groups": self.script.groups}
            tokens = {
                "access_token": _token(**user),
                "refresh_token": "refresh",
                "expires_in": self.script.lifetime,
            }
            self.script.asked.append(("POST", path, dict(parse_qs(body.decode()))))
            self._json(200, {**tokens, "id_token": _token(**user)})
        elif path == "/oauth2/revoke":
            self.script.revoked.extend(parse_qs(body.decode())["token"])
            self._json(200, {})
        else:
            self._api("POST", path, json.loads(body or b"null"))

    def _api(self, method: str, path: str, body: Any) -> None:
        script = self.script
        script.asked.append((method, path, body))
        if not self.headers.get("Authorization", "").startswith("Bearer e30."):
            self._json(401, {"message": "Unauthorized"})
        elif path == "/api/chat/stream" and not script.streams:
            self._json(403, {"message": "Missing Authentication Token"})
        elif path.startswith("/api/chat"):
            self._chat(path, body["message"])
        elif path == "/api/conversations":
            self._json(200, self._page("conversations", script.conversations, body))
        elif method == "DELETE":
            self._delete(path)
        elif path.startswith("/api/conversations/"):
            self._json(200, self._page("turns", script.turns, body))
        elif path == "/api/usage":
            left, limit = {"requests": 180, "tokens": 41_300}, {"requests": 200, "tokens": 50_000}
            self._json(200, {"remaining": left, "limit": limit, "resets_at": "2026-11-25T00:00:00Z"})
        elif path == "/api/approvals":
            self._json(200, {"approvals": script.approvals})
        elif path.startswith("/api/approvals/"):
            script.approvals = [
                a for a in script.approvals if a["approval_id"] != path.rsplit("/", maxsplit=1)[-1]
            ]
            self._json(200, {"status": "decided"})
        else:
            self._json(202, {})

    def _delete(self, path: str) -> None:
        script = self.script
        if path == "/api/me/data":
            script.conversations = script.conversations[script.deleted_at_once :]
            self._json(202 if script.conversations else 204, {"outcome": "unfinished"})
            return
        deleted = path.rsplit("/", maxsplit=1)[-1]
        script.conversations = [c for c in script.conversations if c["conversation_id"] != deleted]
        self._json(204, None)

    def _page(self, name: str, newest: Lines, query: Any) -> dict[str, Any]:
        """The newest, or what is older than a time that an earlier answer gave."""
        if query:
            return {name: self.script.earlier}
        return {name: newest, **({"older": "2026-01-01T00:00:00Z"} if self.script.earlier else {})}

    def _chat(self, path: str, message: str) -> None:
        script = self.script
        if script.plain:
            status, headers, body = script.plain
            self._json(status, body, headers)
        elif path == "/api/chat":
            lines = script.lines(message)
            text = "".join(line.get("text", "") for line in lines)
            self._json(200, {**lines[0], "outcome": "answered", "answer": text})
        else:
            self._stream(script.lines(message))

    def _stream(self, lines: Lines) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for chunk in _chunks(lines):
                self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
                self.wfile.flush()
                time.sleep(self.script.pause)
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


def _chunks(lines: Lines) -> Iterator[bytes]:
    """Lines cut where it hurts: in the middle of a character."""
    for line in lines:
        data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
        yield data[: len(data) // 2]
        yield data[len(data) // 2 :]


class FakeSite:
    """The server, as a context manager.

    Attributes:
        script: What it says.
        url: Its origin.
    """

    def __init__(self) -> None:
        self.script = Script()
        handler = type("Handler", (_Handler,), {"script": self.script})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def reset(self) -> None:
        """Say the usual things again."""
        for name, value in vars(Script()).items():
            setattr(self.script, name, value)

    def __enter__(self) -> Self:
        """Start."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
