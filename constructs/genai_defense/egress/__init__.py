"""The way out: a network without one, and the one inspected way through the firewall."""

from genai_defense.egress.domains import AllowedDomain
from genai_defense.egress.endpoint import PrivateEndpoint
from genai_defense.egress.firewall import InspectedEgress
from genai_defense.egress.idle_cost import IdleCost, idle_cost
from genai_defense.egress.name_firewall import NameFirewall
from genai_defense.egress.network import ApplicationNetwork
from genai_defense.egress.rules import suricata_rules

__all__ = [
    "AllowedDomain",
    "ApplicationNetwork",
    "IdleCost",
    "InspectedEgress",
    "NameFirewall",
    "PrivateEndpoint",
    "idle_cost",
    "suricata_rules",
]
