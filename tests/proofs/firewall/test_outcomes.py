import pytest

from genai_defense.proofs.firewall import Case, Dropped, FirewallRules, Names, NotEvaluableError, Outcome
from genai_defense.proofs.firewall.case import outcomes
from genai_defense.proofs.firewall.conversation import Conversation
from genai_defense.proofs.firewall.packets import Ends, Packet

_ENDS = Ends("10.0.0.10", 20000, "203.0.113.9", 443)
_TALK = tuple(Conversation(_ENDS).connect().ask(b"ask").answer(b"answer").packets)


def _rules(*lines: str) -> FirewallRules:
    return FirewallRules("".join(f"{line}\n" for line in lines), ("10.0.0.0/24",), ())


def _tls(content: str) -> str:
    return f'pass tls $HOME_NET any -> any 443 (msg:"x"; tls.sni; {content} nocase; sid:1; rev:1;)'


@pytest.mark.parametrize(
    ("dropped", "outcome"),
    [
        (set[int](), Outcome.PASSES),
        ({0, 1, 2, 3, 4}, Outcome.STOPPED),
        ({3, 4}, Outcome.STOPPED),
        ({4}, Outcome.BEGUN),
        ({3}, Outcome.BROKEN),
        ({0}, Outcome.BROKEN),
    ],
)
def test_an_outcome_counts_the_bytes_that_got_through(dropped: set[int], outcome: Outcome) -> None:
    case = Case("talk", _TALK, Outcome.PASSES)
    ((found, seen, _),) = outcomes([case], Dropped(frozenset(dropped), dict.fromkeys(dropped, "why")))
    assert (found, seen) == (case, outcome)


def test_more_than_a_greeting_without_an_answer_is_no_greeting() -> None:
    packets = Conversation(_ENDS).connect().ask(bytes(3000), bytes(3000)).answer(b"x").packets
    case = Case("talk", tuple(packets), Outcome.BEGUN)
    ((_, seen, reason),) = outcomes([case], Dropped(frozenset({5}), {5: "why"}))
    assert (seen, reason) == (Outcome.BROKEN, "why")


def test_packets_of_one_case_never_count_for_the_next() -> None:
    cases = [Case("first", _TALK, Outcome.PASSES), Case("second", _TALK, Outcome.STOPPED)]
    dropped = frozenset({8, 9})
    seen = [outcome for _, outcome, _ in outcomes(cases, Dropped(dropped, dict.fromkeys(dropped, "why")))]
    assert seen == [Outcome.PASSES, Outcome.STOPPED]


def test_a_datagram_that_left_unanswered_has_begun() -> None:
    packets = (Packet(b"", to_server=True, payload=10), Packet(b"", to_server=False, payload=10))
    ((_, seen, _),) = outcomes([Case("udp", packets, Outcome.STOPPED)], Dropped(frozenset({1}), {1: "why"}))
    assert seen is Outcome.BEGUN


def test_names_come_from_the_rules() -> None:
    names = Names.of(
        _rules(
            _tls('content:"a.example.org"; startswith; endswith;'),
            _tls('content:"api.example.com"; startswith; endswith;'),
            _tls('content:".example.org"; endswith;'),
        )
    )
    assert names == Names(home="10.0.0.10", host="api.example.com", parent="example.org")


def test_without_a_full_name_there_is_nothing_to_ask() -> None:
    with pytest.raises(NotEvaluableError, match="full name"):
        Names.of(_rules(_tls('content:".example.org"; endswith;')))
