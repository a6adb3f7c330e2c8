"""Which hosts a workload may reach, as a value that cannot be malformed."""

import re
from dataclasses import dataclass
from typing import Self

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_LONGEST_NAME = 253
_FEWEST_LABELS = 2


@dataclass(frozen=True, order=True)
class AllowedDomain:
    """One host, or all subdomains of one domain, that `InspectedEgress` lets through.

    A value that exists is safe to write into a firewall rule: lower-case ASCII letters, digits, hyphens and
    dots only. Internationalized names are given in their ASCII form (`xn--…`).

    Attributes:
        name: Host name of two or more labels, at most 253 characters, labels of at most 63 (RFC 1035, section
            2.3.4, read 2026-11-23).
        subdomains: False (default): this host and no other. True: every name below it at any depth, and *not*
            the name itself; allow that one with an `AllowedDomain` of its own.
        plain_http: False (default): TLS on port 443 only. True also admits unencrypted HTTP on port 80, which
            anybody on the way can read and change.

    Raises:
        ValueError: The name is not a host name.
    """

    name: str
    subdomains: bool = False
    plain_http: bool = False

    def __post_init__(self) -> None:
        """Refuse what is not a host name."""
        labels = self.name.split(".")
        if (
            len(self.name) > _LONGEST_NAME
            or len(labels) < _FEWEST_LABELS
            or not all(_LABEL.fullmatch(label) for label in labels)
        ):
            raise ValueError(
                f"AllowedDomain: {self.name!r} is not a host name. Allowed are two or more labels of "
                "lower-case letters, digits and inner hyphens, joined by dots, at most 253 characters. "
                "Give it without scheme, port, path or trailing dot, such as api.example.com."
            )
        if labels[-1].isdigit():
            raise ValueError(
                f"AllowedDomain: {self.name!r} is an IP address. The firewall matches the host name in "
                "the TLS handshake, and an address has none. Give the host name."
            )

    @classmethod
    def exact(cls, name: str, *, plain_http: bool = False) -> Self:
        """Allow one host and no other.

        Args:
            name: Host name, such as `api.example.com`.
            plain_http: True also admits unencrypted HTTP on port 80.
        """
        return cls(name, plain_http=plain_http)

    @classmethod
    def subdomains_of(cls, name: str, *, plain_http: bool = False) -> Self:
        """Allow every name below a domain, at any depth, without the domain itself.

        Whoever can register a name below the domain can then receive data: give no public suffix (`co.uk`)
        and no domain on which strangers host (`s3.amazonaws.com`).

        Args:
            name: The domain, such as `example.com`.
            plain_http: True also admits unencrypted HTTP on port 80.
        """
        return cls(name, subdomains=True, plain_http=plain_http)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the form that settings files use.

        Args:
            text: `api.example.com` for one host, `*.example.com` for the subdomains of one domain.

        Raises:
            ValueError: The text is neither.
        """
        name = text.removeprefix("*.")
        return cls(name, subdomains=name != text)
