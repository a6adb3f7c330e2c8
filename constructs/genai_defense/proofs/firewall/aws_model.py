"""What AWS Network Firewall adds to the rules that it is given, as a model of our own, in Suricata's words.

AWS publishes what its default actions and its stream exception policy do, not how. The model follows the
description; it is not AWS's code. The kit's rules rely on none of the default actions, and the tests hold
them to that: every verdict is the same with the modelled actions and without them.

Source: https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html
(read 2026-11-24).
"""

from collections.abc import Iterator

from genai_defense.proofs.firewall.template import FirewallRules, NotEvaluableError

_FIRST_SID = 9_900_001
_ACTIONS_IN_ORDER = ("pass", "alert", "drop")
_TO_SERVER = "flow:to_server,established;"
_OTHER_PROTOCOL = "app-layer-protocol:!tls; app-layer-protocol:!http; app-layer-protocol:!failed;"
# "Application drop established (server-directed only)": what goes to the server in an established connection,
# once its application protocol, and for TLS and HTTP the whole greeting, is known and matched no rule.
_DEFAULT_ACTIONS = {
    "aws:drop_established_app_layer_to_server": (
        f"drop tcp any any -> any any ({_TO_SERVER} app-layer-protocol:failed;",
        f"drop tcp any any -> any any ({_TO_SERVER} {_OTHER_PROTOCOL}",
        'drop tls any any -> any any (flow:to_server; ssl_state:client_hello; ja4.hash; content:"_";',
        'drop http any any -> any any (flow:to_server; http.header_names; content:"|0d 0a|";',
    ),
    # It writes a log line and decides nothing.
    "aws:alert_established_app_layer_to_server": (),
}


def engine_rules(firewall: FirewallRules, *, default_actions: bool = True) -> str:
    """The rules as Suricata itself reads them.

    Args:
        firewall: A synthesized firewall.
        default_actions: False leaves out the model of AWS's default actions.

    Raises:
        NotEvaluableError: Suricata sorts rules by action where AWS's strict order takes them as written, so
            a text is refused in which a pass stands below a mark, or a mark below a drop; so is a default
            action without a model.
    """
    actions = [line.split(" ", 1)[0] for line in firewall.rules.splitlines()]
    if not set(actions) <= set(_ACTIONS_IN_ORDER) or actions != sorted(actions, key=_ACTIONS_IN_ORDER.index):
        raise NotEvaluableError("the rules are not passes, then alerts, then drops")
    modelled = _modelled(firewall.default_actions) if default_actions else ()
    return firewall.rules + "".join(f"{rule}\n" for rule in modelled)


def _modelled(actions: tuple[str, ...]) -> Iterator[str]:
    sid = _FIRST_SID
    for action in actions:
        if action not in _DEFAULT_ACTIONS:
            raise NotEvaluableError(f"there is no model of the default action {action}")
        for rule in _DEFAULT_ACTIONS[action]:
            header, options = rule.split("(", 1)
            yield f'{header}(msg:"{action} (model)"; {options} sid:{sid}; rev:1;)'
            sid += 1


def configuration(home_networks: tuple[str, ...]) -> str:
    """The engine's configuration file.

    `action-order` gives strict order for rules in this order; the exception policies are AWS's stream
    exception policy `DROP`: a connection that breaks midstream, or that was never seen to begin, is dropped.

    Args:
        home_networks: What `$HOME_NET` stands for.
    """
    return f"""\
%YAML 1.1
---
vars:
  address-groups:
    HOME_NET: "[{",".join(home_networks)}]"
    EXTERNAL_NET: "!$HOME_NET"
action-order: [pass, alert, drop, reject]
exception-policy: drop-flow
stream:
  inline: yes
  midstream: no
  midstream-policy: drop-flow
  checksum-validation: no
default-log-dir: .
logging:
  default-log-level: warning
  outputs:
    - console: {{enabled: yes}}
outputs:
  - eve-log:
      enabled: yes
      filename: eve.json
      types:
        - alert
        - drop: {{alerts: yes, flows: all}}
        - flow
        - anomaly: {{enabled: no}}
app-layer:
  protocols:
    tls: {{enabled: yes, detection-ports: {{dp: 443}}}}
    http: {{enabled: yes}}
    ssh: {{enabled: yes}}
    smtp: {{enabled: yes}}
    dns:
      tcp: {{enabled: yes, detection-ports: {{dp: 53}}}}
      udp: {{enabled: yes, detection-ports: {{dp: 53}}}}
"""
