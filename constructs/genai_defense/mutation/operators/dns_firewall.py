"""Route 53 Resolver: DNS firewall, query logs."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.factories import CONVENTIONAL, changed
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import places, removal
from genai_defense.mutation.policies import entries
from genai_defense.mutation.shapes import is_array, is_object

_GROUP = "AWS::Route53Resolver::FirewallRuleGroup"
_LIST = "AWS::Route53Resolver::FirewallDomainList"


@operator(id="dns-block-alerts", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def alerts(site: Site) -> Iterator[Weakening]:
    """Each rule that blocks: it only tells, lets through, goes."""
    for place in places(site.properties, "FirewallRules.*"):
        rule: Any = place.value
        if not is_object(rule) or rule.get("Action") != "BLOCK":
            continue
        dropped = {"BlockResponse", "BlockOverrideDomain", "BlockOverrideDnsType", "BlockOverrideTtl"}
        kept = {key: value for key, value in rule.items() if key not in dropped}
        number = place.path[-1]
        for action, what in (("ALERT", "only tells"), ("ALLOW", "lets through")):
            yield site.weakening(f"Rule {number} {what}.", site.edit(place.path, {**kept, "Action": action}))
        yield site.weakening(f"Rule {number} is gone.", removal(site, place.path))
        yield site.weakening(
            f"Rule {number} blocks one kind of question.", site.edit((*place.path, "Qtype"), "TXT")
        )


@operator(id="dns-allows-every-name", mutant_class=CONVENTIONAL, resource_types=(_LIST,))
def every_name(site: Site) -> Iterator[Weakening]:
    """A list that rules of its template allow."""
    domains = site.get("Domains")
    if not is_array(domains) or "*" in domains:
        return
    for resource in site.templates[site.template]["Resources"].values():
        properties = resource.get("Properties") if is_object(resource) else None
        for rule in entries(properties.get("FirewallRules")) if is_object(properties) else ():
            listed = str(rule.get("FirewallDomainListId")) if is_object(rule) else ""
            if is_object(rule) and rule.get("Action") == "ALLOW" and f"'{site.logical_id}'" in listed:
                for wide in ("*", "*.com"):
                    yield site.weakening(f"{wide} resolves.", site.edit(("Domains",), [*domains, wide]))
                return


FAIL_OPEN = changed(
    "dns-fails-open",
    CONVENTIONAL,
    "AWS::Route53Resolver::FirewallConfig",
    "FirewallFailOpen",
    "ENABLED",
    "Names resolve while the firewall does not answer.",
)
PROTECTION = changed(
    "dns-association-unprotected",
    CONVENTIONAL,
    "AWS::Route53Resolver::FirewallRuleGroupAssociation",
    "MutationProtection",
    "DISABLED",
    "One call takes the rules off.",
)
