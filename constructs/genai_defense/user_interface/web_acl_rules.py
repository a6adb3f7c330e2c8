"""The rules of a web ACL that are our own, as statements."""

from aws_cdk import aws_wafv2 as wafv2

from genai_defense.user_interface.blocked_addresses import BlockedAddresses
from genai_defense.user_interface.origin_proof import ORIGIN_HEADER, OriginProof
from genai_defense.user_interface.request_limits import RequestLimits

CHAT_PATH = "/api/chat"
WINDOW_SECONDS = 300

Statement = wafv2.CfnWebACL.StatementProperty


def without_origin_proof(proof: OriginProof) -> Statement:
    """What did not come through the distribution, which alone knows the secret."""
    known = [_says(value) for value in proof.accepted_values()]
    any_known = (
        known[0]
        if len(known) == 1
        else Statement(or_statement=wafv2.CfnWebACL.OrStatementProperty(statements=known))
    )
    return Statement(not_statement=wafv2.CfnWebACL.NotStatementProperty(statement=any_known))


def _says(secret: str) -> Statement:
    return Statement(
        byte_match_statement=wafv2.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=wafv2.CfnWebACL.FieldToMatchProperty(single_header={"Name": ORIGIN_HEADER}),
            positional_constraint="EXACTLY",
            search_string=secret,
            text_transformations=_transformations("NONE"),
        )
    )


def from_blocked_address(blocked: BlockedAddresses, *, behind_distribution: bool) -> Statement:
    """What a blocked address sent. Behind the distribution, it stands among the forwarded ones.

    The distribution appends the address that it saw to what the client wrote, so ANY finds it always.
    """
    forwarded = (
        wafv2.CfnWebACL.IPSetForwardedIPConfigurationProperty(
            header_name="X-Forwarded-For", fallback_behavior="NO_MATCH", position="ANY"
        )
        if behind_distribution
        else None
    )
    return Statement(
        or_statement=wafv2.CfnWebACL.OrStatementProperty(
            statements=[
                Statement(
                    ip_set_reference_statement=wafv2.CfnWebACL.IPSetReferenceStatementProperty(
                        arn=ip_set.attr_arn, ip_set_forwarded_ip_config=forwarded
                    )
                )
                for ip_set in (blocked.ipv4, blocked.ipv6)
            ]
        )
    )


def more_than(limit: int, *, behind_distribution: bool, only: Statement | None = None) -> Statement:
    """The requests of one client beyond a limit in five minutes.

    A client is an address; behind the distribution, whose addresses all requests share, a token.

    Args:
        limit: Requests in any five minutes.
        behind_distribution: Whether the distribution stands before this entry.
        only: Count only requests that match this. Default: all.
    """
    rate = wafv2.CfnWebACL.RateBasedStatementProperty
    if not behind_distribution:
        return Statement(
            rate_based_statement=rate(
                limit=limit,
                aggregate_key_type="IP",
                evaluation_window_sec=WINDOW_SECONDS,
                scope_down_statement=only,
            )
        )
    token = wafv2.CfnWebACL.RateLimitHeaderProperty(
        name="authorization", text_transformations=_transformations("NONE")
    )
    return Statement(
        rate_based_statement=rate(
            limit=limit,
            aggregate_key_type="CUSTOM_KEYS",
            custom_keys=[wafv2.CfnWebACL.RateBasedStatementCustomKeyProperty(header=token)],
            evaluation_window_sec=WINDOW_SECONDS,
            scope_down_statement=only,
        )
    )


def to_the_chat() -> Statement:
    """The chat path, with the stage before it or not, streamed or not, however it is written."""
    return Statement(
        byte_match_statement=wafv2.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=wafv2.CfnWebACL.FieldToMatchProperty(uri_path={}),
            positional_constraint="CONTAINS",
            search_string=CHAT_PATH,
            text_transformations=_transformations("URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"),
        )
    )


def body_larger_than(size: int) -> Statement:
    """A body that is too long, or of which WAF does not see the end."""
    return Statement(
        size_constraint_statement=wafv2.CfnWebACL.SizeConstraintStatementProperty(
            comparison_operator="GT",
            size=size,
            field_to_match=wafv2.CfnWebACL.FieldToMatchProperty(
                body=wafv2.CfnWebACL.BodyProperty(oversize_handling="MATCH"),
            ),
            text_transformations=_transformations("NONE"),
        ),
    )


def limiting_rules(limits: RequestLimits, *, behind_distribution: bool) -> dict[str, Statement]:
    """The rules that hold a client to its limits, by their names."""
    client = "Token" if behind_distribution else "Address"
    rules = {
        f"RatePer{client}": more_than(
            limits.requests_per_five_minutes, behind_distribution=behind_distribution
        )
    }
    if limits.chat_requests_per_five_minutes is not None:
        rules[f"ChatRatePer{client}"] = more_than(
            limits.chat_requests_per_five_minutes,
            behind_distribution=behind_distribution,
            only=to_the_chat(),
        )
    return {**rules, "BodyTooLarge": body_larger_than(limits.max_body_bytes)}


def _transformations(*kinds: str) -> list[wafv2.CfnWebACL.TextTransformationProperty]:
    return [
        wafv2.CfnWebACL.TextTransformationProperty(priority=priority, type=kind)
        for priority, kind in enumerate(kinds)
    ]
