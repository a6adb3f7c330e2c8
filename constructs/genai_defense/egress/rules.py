"""The firewall's rules as Suricata reads them: a pure function of the allowed domains."""

from collections.abc import Iterable, Iterator

from genai_defense.egress.domains import AllowedDomain

# A TLS greeting with post-quantum key shares has about 1.7 KiB; whoever sent more without naming a host never
# will.
LONGEST_GREETING_BYTES = 4096

_FIRST_TLS_SID = 1_000_001
_FIRST_HTTP_SID = 2_000_001
_FIRST_MARK_SID = 3_000_001
_FIRST_DROP_SID = 9_000_001


def suricata_rules(domains: Iterable[AllowedDomain]) -> str:
    """Write the rules of a firewall that lets through the given domains and nothing else.

    The rules are for strict order: the first that matches decides. Passes come first, one per domain for TLS
    by server name and one more where plain HTTP is admitted; a passed connection is not looked at again. Then
    two marks, which decide nothing. Then the drops, which between them cover everything else: UDP, ICMP,
    other protocols, connections from outside, other ports, anything on the two ports that does not open as
    TLS or HTTP, TLS without or with another server name, HTTP to another host, greetings longer than 4096
    bytes, and answers to what was not allowed. None of them relies on the policy's default action, which
    stays a second net below.

    A greeting may arrive in several packets, so its first packets pass before the host is known. Up to
    4096 bytes can leave that way, unanswered; then the connection is dropped.

    Args:
        domains: Allowed domains, in any order; duplicates count once.

    Returns:
        One rule a line, the same text for the same set of domains. `$HOME_NET` stands for the protected
        networks.

    Source: https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html
    (read 2026-11-23).
    """
    unique = sorted(set(domains))
    plain = any(domain.plain_http for domain in unique)
    lines = [
        *(_pass_tls(domain, _FIRST_TLS_SID + n) for n, domain in enumerate(unique)),
        *(_pass_http(domain, _FIRST_HTTP_SID + n) for n, domain in enumerate(unique) if domain.plain_http),
        *(f"{rule} sid:{_FIRST_MARK_SID + n}; rev:1;)" for n, rule in enumerate(_marks(plain=plain))),
        *(f"{rule} sid:{_FIRST_DROP_SID + n}; rev:1;)" for n, rule in enumerate(_drops(plain=plain))),
    ]
    return "\n".join(lines) + "\n"


def _pass_tls(domain: AllowedDomain, sid: int) -> str:
    # A server name may come in any case, and Suricata keeps it as sent.
    return (
        f'pass tls $HOME_NET any -> any 443 (msg:"allow TLS to {_shown(domain)}"; '
        "flow:to_server,established; "
        f"tls.sni; {_content(domain)} nocase; sid:{sid}; rev:1;)"
    )


def _pass_http(domain: AllowedDomain, sid: int) -> str:
    # Suricata lower-cases http.host itself and refuses `nocase` on it.
    return (
        f'pass http $HOME_NET any -> any 80 (msg:"allow HTTP to {_shown(domain)}"; '
        "flow:to_server,established; "
        f"http.host; {_content(domain)} sid:{sid}; rev:1;)"
    )


def _marks(*, plain: bool) -> Iterator[str]:
    opens = "flow:to_server,established;"
    yield (
        f'alert tcp-pkt $HOME_NET any -> any 443 (msg:"opens as TLS"; {opens} '
        'content:"|16 03|"; startswith; flowbits:set,opens_as_tls; noalert;'
    )
    if plain:
        yield (
            f'alert tcp-pkt $HOME_NET any -> any 80 (msg:"opens as HTTP"; {opens} '
            'content:" HTTP/1."; flowbits:set,opens_as_http; noalert;'
        )


def _drops(*, plain: bool) -> Iterator[str]:
    client = "flow:to_server,established;"
    yield _drop("udp any any -> any any", "UDP, DNS and QUIC included")
    yield _drop("icmp any any -> any any", "ICMP")
    yield _drop("ip any any -> any any", "other protocols", "ip_proto:!TCP; ip_proto:!UDP; ip_proto:!ICMP;")
    yield _drop("tcp !$HOME_NET any -> any any", "connection from outside", "flow:to_server;")
    ports = "[80,443]" if plain else "443"
    yield _drop(f"tcp $HOME_NET any -> any !{ports}", "other ports", "flow:to_server;")
    for port, protocol in (("443", "tls"), ("80", "http")) if plain else (("443", "tls"),):
        unmarked = f"{client} dsize:>0; flowbits:isnotset,opens_as_{protocol};"
        other = f"{client} app-layer-protocol:!{protocol};"
        yield _drop(
            f"tcp-pkt $HOME_NET any -> any {port}", f"{port} that does not open as {protocol}", unmarked
        )
        yield _drop(
            f"tcp $HOME_NET any -> any {port}", f"{port} with another protocol than {protocol}", other
        )
    # These two buffers exist once the whole greeting, or all headers, are in: no drop precedes a pass by
    # host.
    greeted = 'flow:to_server; ssl_state:client_hello; ja4.hash; content:"_";'
    yield _drop("tls $HOME_NET any -> any any", "TLS to another host or without host name", greeted)
    asked = 'flow:to_server; http.header_names; content:"|0d 0a|";'
    yield _drop("http $HOME_NET any -> any any", "HTTP to another host", asked)
    yield _drop(
        "tcp $HOME_NET any -> any any",
        f"greeting over {LONGEST_GREETING_BYTES} bytes",
        f"{client} stream_size:client,>,{LONGEST_GREETING_BYTES};",
    )
    yield _drop("tcp $HOME_NET any -> any any", "answer to a connection from outside", "flow:to_client;")
    yield _drop("tcp any any -> $HOME_NET any", "unasked answer", "flow:to_client,established; dsize:>0;")


def _drop(header: str, what: str, options: str = "") -> str:
    return f'drop {header} (msg:"drop {what}";{options and " " + options}'


def _content(domain: AllowedDomain) -> str:
    if domain.subdomains:
        return f'content:".{domain.name}"; endswith;'
    return f'content:"{domain.name}"; startswith; endswith;'


def _shown(domain: AllowedDomain) -> str:
    return f"*.{domain.name}" if domain.subdomains else domain.name
