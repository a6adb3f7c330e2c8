"""Credentials: formats of the common providers, private keys, tokens and connection strings."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guardrail_engine.detector import Context, Detector, Match, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guardrail_engine.views import View

_RISK: Final = "LLM02"
_PLACEHOLDER: Final = re.compile(
    r"example|placeholder|changeme|redacted|your[_-]?|my[_-]?(?:pass|secret|key)|x{6}|\*{3}|\.{3}|0{12}|<[^>]{1,40}>|\$\{|\{\{",
    re.IGNORECASE,
)
_LOCAL_HOST: Final = re.compile(r"@(?:localhost|127\.0\.0\.1|example\.|db:|host[:/]|hostname)", re.IGNORECASE)
_WEAK_PASSWORD: Final = re.compile(r"://[^:/@\s]*:(?:pass(?:word|wd)?|pwd|secret|user)@", re.IGNORECASE)


def _is_real(text: str) -> bool:
    return _PLACEHOLDER.search(text) is None


def _is_jwt(text: str) -> bool:
    head = text.split(".", 1)[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError):
        return False
    return isinstance(header, dict) and "alg" in header


def _is_real_connection(text: str) -> bool:
    return _is_real(text) and not _LOCAL_HOST.search(text) and not _WEAK_PASSWORD.search(text)


def _is_mixed(text: str) -> bool:
    """Random keys mix letters with digits; words joined by hyphens do not."""
    body = text[3:]
    return _is_real(text) and any(map(str.isdigit, body)) and any(map(str.isalpha, body))


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    needs: str
    pattern: str
    accept: Callable[[str], bool] = _is_real


# `needs` is a plain substring: it spares the regular expression on nearly every text.
_RULES: Final = (
    _Rule("aws-access-key", "A", r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b"),
    _Rule(
        "aws-secret-key",
        "ecret",
        r"(?i:aws_?secret(?:_?access)?_?key|secret_?access_?key)[\"']?\s{0,3}[:=]\s{0,3}[\"']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])",
    ),
    _Rule("aws-bedrock-key", "ABSK", r"\bABSK[A-Za-z0-9+/]{60,200}={0,2}"),
    _Rule(
        "private-key", "PRIVATE KEY", r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----", bool
    ),
    _Rule("putty-key", "PuTTY", r"PuTTY-User-Key-File-[23]: ", bool),
    _Rule("jwt", "eyJ", r"\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,6000}\.[\w-]{16,2000}", _is_jwt),
    _Rule("github-token", "gh", r"\bgh[pousr]_[A-Za-z0-9]{36,255}\b"),
    _Rule("github-pat", "github_pat_", r"\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b"),
    _Rule("gitlab-token", "gl", r"\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{20,64}", _is_mixed),
    _Rule("slack-token", "xox", r"\bxox[abeoprs]-(?:\d{1,14}-){0,3}[A-Za-z0-9-]{10,146}", _is_mixed),
    _Rule("slack-app-token", "xapp-", r"\bxapp-\d-[A-Z0-9]{8,14}-\d{10,14}-[a-f0-9]{64}"),
    _Rule(
        "slack-webhook", "hooks.slack.com", r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9+/]{40,60}"
    ),
    _Rule("stripe-key", "_", r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,247}\b"),
    _Rule("google-key", "AIza", r"\bAIza[\w-]{35}(?![\w-])"),
    _Rule("google-oauth", "GOCSPX-", r"\bGOCSPX-[\w-]{28}(?![\w-])"),
    _Rule("anthropic-key", "sk-ant-", r"\bsk-ant-[a-z0-9]{3,12}-[\w-]{24,120}", _is_mixed),
    _Rule("openai-key", "sk-", r"\bsk-(?:proj-|svcacct-|admin-)?(?!ant-)[A-Za-z0-9_-]{32,180}", _is_mixed),
    _Rule("huggingface-token", "hf_", r"\bhf_[A-Za-z]{34}\b"),
    _Rule("npm-token", "npm_", r"\bnpm_[A-Za-z0-9]{36}\b"),
    _Rule("pypi-token", "pypi-", r"\bpypi-AgE[\w-]{50,255}"),
    _Rule("sendgrid-key", "SG.", r"\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])"),
    _Rule("digitalocean-token", "_v1_", r"\bdo[opr]_v1_[a-f0-9]{64}\b"),
    _Rule("vault-token", "hv", r"\bhv[sbr]\.[\w-]{24,300}", _is_mixed),
    _Rule("databricks-token", "dapi", r"\bdapi[a-f0-9]{32}\b"),
    _Rule("telegram-token", ":AA", r"\b\d{8,10}:AA[\w-]{33}(?![\w-])"),
    _Rule("azure-storage-key", "AccountKey=", r"AccountKey=[A-Za-z0-9+/]{86}=="),
    _Rule(
        "connection-string",
        "://",
        r"\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|ldaps?|s?ftp|https?)"
        r"(?:\+\w{1,12})?://[^\s:/@\"'<>]{0,64}:[^\s/@\"'<>]{4,128}@[^\s\"'<>]{1,256}",
        _is_real_connection,
    ),
    _Rule(
        "connection-password",
        "=",
        r"(?i:server|data source|host)\s{0,2}=[^;\n]{1,128};(?:[^;\n]{1,128};){0,8}"
        r"\s{0,2}(?i:password|pwd)\s{0,2}=[^;\s]{4,128}",
    ),
)
_COMPILED: Final = tuple((rule, re.compile(rule.pattern)) for rule in _RULES)
RULE_NAMES: Final = tuple(rule.name for rule in _RULES)
"""Second parts of the findings' ids."""


def find(view: View, _context: Context) -> Iterator[Match]:
    """Find the first real-looking credential of each kind."""
    for rule, pattern in _COMPILED:
        if rule.needs not in view.text:
            continue
        for match in pattern.finditer(view.text):
            if rule.accept(match.group()):
                yield Match(f"secret.{rule.name}", _RISK, *match.span())
                break


DETECTOR: Final = Detector("secret", Scope.ALL, find)
