"""Network Firewall: policies, protection, logs."""

from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped

_POLICY = "AWS::NetworkFirewall::FirewallPolicy"
_FIREWALL = "AWS::NetworkFirewall::Firewall"

PASS = changed(
    "firewall-passes-by-default",
    CONVENTIONAL,
    _POLICY,
    "FirewallPolicy.StatelessDefaultActions",
    ["aws:pass"],
    "Packets pass without a look at their connection.",
)
PASS_FRAGMENTS = changed(
    "firewall-passes-fragments",
    CONVENTIONAL,
    _POLICY,
    "FirewallPolicy.StatelessFragmentDefaultActions",
    ["aws:pass"],
    "Fragments pass without a look at their connection.",
)
DEFAULT = dropped(
    "firewall-lets-rest-through",
    CONVENTIONAL,
    _POLICY,
    "FirewallPolicy.StatefulDefaultActions",
    "What no rule knows passes.",
)
DEFAULT_ALERTS = changed(
    "firewall-default-alerts",
    CONVENTIONAL,
    _POLICY,
    "FirewallPolicy.StatefulDefaultActions",
    ["aws:alert_strict"],
    "What no rule knows passes, with an alert.",
)
ORDER = changed(
    "firewall-order-by-action",
    CONVENTIONAL,
    _POLICY,
    "FirewallPolicy.StatefulEngineOptions.RuleOrder",
    "DEFAULT_ACTION_ORDER",
    "Rules that pass come first.",
)
STREAM = changed(
    "firewall-stream-continues",
    CONVENTIONAL,
    _POLICY,
    "FirewallPolicy.StatefulEngineOptions.StreamExceptionPolicy",
    "CONTINUE",
    "A connection that broke in the middle is not looked at as one.",
)
ENGINE = dropped(
    "firewall-engine-by-default",
    CONVENTIONAL,
    _POLICY,
    "FirewallPolicy.StatefulEngineOptions",
    "Rules are taken in the order of their actions.",
)
RULES = dropped(
    "firewall-rules-detached",
    CONVENTIONAL,
    _POLICY,
    "FirewallPolicy.StatefulRuleGroupReferences.*",
    "A group of rules is not asked ({}).",
)
PROTECTION = tuple(
    changed(
        f"firewall-{name.lower()}-off",
        CONVENTIONAL,
        _FIREWALL,
        name,
        value=False,
        sentence=f"{name} is off.",
    )
    for name in ("DeleteProtection", "FirewallPolicyChangeProtection", "SubnetChangeProtection")
)
DELETION, POLICY_CHANGE, SUBNET_CHANGE = PROTECTION
SUBNET = dropped(
    "firewall-zone-out",
    CONVENTIONAL,
    _FIREWALL,
    "SubnetMappings.*",
    "A zone has no firewall ({}).",
)
LOG = dropped(
    "firewall-log-out",
    CONVENTIONAL,
    "AWS::NetworkFirewall::LoggingConfiguration",
    "LoggingConfiguration.LogDestinationConfigs.*",
    "{} is not logged.",
)
