"""Kinds of values that a setting may have, each with a check whose text says what is allowed."""

import ipaddress
import re
from typing import Annotated

from aws_cdk import aws_logs as logs
from pydantic import AfterValidator, StringConstraints

_HOST_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


def check_host(value: str) -> str:
    """The value, when it is a host name.

    Raises:
        ValueError: It is none.
    """
    labels = value.split(".")
    if len(value) > 253 or len(labels) < 2 or not all(_HOST_LABEL.fullmatch(label) for label in labels):  # noqa: PLR2004 - DNS limits (RFC 1035)
        raise ValueError("must be a lower-case host name such as docs.example.com")
    if labels[-1].isdigit():
        raise ValueError("must be a host name, not an IP address")
    return value


def _vpc_cidr(value: str) -> str:
    try:
        network = ipaddress.IPv4Network(value)
    except ValueError as error:
        raise ValueError(f"must be an IPv4 network such as 10.0.0.0/16 ({error})") from None
    if not network.is_private or not 16 <= network.prefixlen <= 22:  # noqa: PLR2004 - the text below says why
        raise ValueError(
            "must be a private IPv4 network from /16 to /22, so that every zone has room for its subnets"
        )
    return value


def _https_url(value: str) -> str:
    host, _, _ = value.removeprefix("https://").partition("/")
    if not value.startswith("https://"):
        raise ValueError("must start with https://")
    check_host(host)
    return value


Region = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")]
Host = Annotated[str, AfterValidator(check_host)]
VpcCidr = Annotated[str, AfterValidator(_vpc_cidr)]
HttpsUrl = Annotated[str, AfterValidator(_https_url)]
LOG_RETENTION = {
    1: logs.RetentionDays.ONE_DAY,
    3: logs.RetentionDays.THREE_DAYS,
    7: logs.RetentionDays.ONE_WEEK,
    14: logs.RetentionDays.TWO_WEEKS,
    30: logs.RetentionDays.ONE_MONTH,
    60: logs.RetentionDays.TWO_MONTHS,
    90: logs.RetentionDays.THREE_MONTHS,
    180: logs.RetentionDays.SIX_MONTHS,
    365: logs.RetentionDays.ONE_YEAR,
    731: logs.RetentionDays.TWO_YEARS,
    1096: logs.RetentionDays.THREE_YEARS,
    1827: logs.RetentionDays.FIVE_YEARS,
    3653: logs.RetentionDays.TEN_YEARS,
}


def _log_days(value: int) -> int:
    if value not in LOG_RETENTION:
        raise ValueError(f"must be one of {', '.join(map(str, LOG_RETENTION))} days")
    return value


LogDays = Annotated[int, AfterValidator(_log_days)]
