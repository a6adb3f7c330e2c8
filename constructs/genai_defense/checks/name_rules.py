"""What a DNS Firewall rule group decides."""

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Reference, Value, dig, items, whole

_EVERY_NAME = {"*", "*."}


def blocks_all_else(group: Resource) -> bool:
    """Whether a rule group blocks every name that no earlier rule of it allows, and allows not every name.

    Args:
        group: An `AWS::Route53Resolver::FirewallRuleGroup`.
    """
    rules = sorted(
        ((order, rule) for rule in items(group.get("FirewallRules")) if (order := _order(rule)) is not None),
        key=lambda entry: entry[0],
    )
    for _, rule in rules:
        if _is_for_every_name(rule):
            return dig(rule, "Action") == "BLOCK" and dig(rule, "Qtype") is None
    return False


def _order(rule: Value) -> int | None:
    order = whole(dig(rule, "Priority"), default=0)
    return order if isinstance(order, int) else None


def _is_for_every_name(rule: Value) -> bool:
    names = dig(rule, "FirewallDomainListId")
    return isinstance(names, Reference) and bool(
        _EVERY_NAME & {str(name) for name in items(names.resource.get("Domains"))}
    )
