"""A web request as WAF sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address


class Entry(StrEnum):
    """The kind of resource that the web ACL stands in front of; it decides how much of a body WAF sees."""

    CLOUDFRONT = "CLOUDFRONT"
    API_GATEWAY = "API_GATEWAY"
    COGNITO_USER_POOL = "COGNITO_USER_POOL"
    APP_RUNNER_SERVICE = "APP_RUNNER_SERVICE"
    VERIFIED_ACCESS_INSTANCE = "VERIFIED_ACCESS_INSTANCE"
    APPLICATION_LOAD_BALANCER = "APPLICATION_LOAD_BALANCER"
    APPSYNC = "APPSYNC"


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request.

    Attributes:
        method: HTTP method.
        path: Path as it came, undecoded, with the stage of an API before it, without the query.
        query: Query string as it came, without the question mark.
        headers: Names and values in the order they came.
        body: The whole body, also where WAF sees only its start.
        client_address: IPv4 or IPv6 address that the connection came from.
        time: Seconds, by any clock; rates are counted by it, so it must not run backwards.
        country: Two-letter code of the client's country; None when it is not known, which matches no country.

    Raises:
        ValueError: `client_address` is no address.
    """

    method: str = "GET"
    path: str = "/"
    query: str = ""
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    client_address: str = "192.0.2.1"
    time: float = 0.0
    country: str | None = None

    def __post_init__(self) -> None:
        """Check the address."""
        ip_address(self.client_address)

    def header(self, name: str) -> str | None:
        """The value of a header, several joined as HTTP joins them; None when it is missing."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ",".join(values) if values else None
