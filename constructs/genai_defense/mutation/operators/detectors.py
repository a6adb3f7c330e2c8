"""GuardDuty, Config, Security Hub, Macie, Access Analyzer, Inspector."""

from collections.abc import Iterator

from genai_defense.mutation.edit import REMOVED
from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped
from genai_defense.mutation.json_texts import opened
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.shapes import is_object

_GUARD = "AWS::GuardDuty::Detector"
_HUB = "AWS::SecurityHub::Hub"
_PACK = ("AWS::Config::ConformancePack", "AWS::Config::OrganizationConformancePack")

GUARD = changed("guardduty-off", CONVENTIONAL, _GUARD, "Enable", value=False, sentence="GuardDuty is off.")
FEATURE = changed(
    "guardduty-feature-off", CONVENTIONAL, _GUARD, "Features.*.Status", "DISABLED", "The feature {} is off."
)
FEATURE_OUT = dropped("guardduty-feature-out", CONVENTIONAL, _GUARD, "Features.*", "The feature {} is gone.")
SCAN_TAGS = changed(
    "malware-not-tagged",
    CONVENTIONAL,
    "AWS::GuardDuty::MalwareProtectionPlan",
    "Actions.Tagging.Status",
    "DISABLED",
    "Nobody can tell what was scanned.",
)
SCAN_LESS = changed(
    "malware-scan-narrow",
    CONVENTIONAL,
    "AWS::GuardDuty::MalwareProtectionPlan",
    "ProtectedResource.S3Bucket.ObjectPrefixes",
    ["nothing/"],
    "Only one folder is scanned.",
    unset=True,
)
RECORDER = changed(
    "config-records-little",
    CONVENTIONAL,
    "AWS::Config::ConfigurationRecorder",
    "RecordingGroup.AllSupported",
    value=False,
    sentence="Not everything is recorded.",
)
RECORDER_GLOBAL = changed(
    "config-without-global-types",
    CONVENTIONAL,
    "AWS::Config::ConfigurationRecorder",
    "RecordingGroup.IncludeGlobalResourceTypes",
    value=False,
    sentence="Identities are not recorded.",
)
STANDARDS = changed(
    "hub-without-standards",
    CONVENTIONAL,
    _HUB,
    "EnableDefaultStandards",
    value=False,
    sentence="No standard is checked.",
)
CONTROLS = changed(
    "hub-without-new-controls",
    CONVENTIONAL,
    _HUB,
    "AutoEnableControls",
    value=False,
    sentence="New controls stay off.",
)
MACIE = changed(
    "macie-paused",
    CONVENTIONAL,
    "AWS::Macie::Session",
    "Status",
    "PAUSED",
    "Macie looks at nothing.",
    unset=True,
)


@operator(id="conformance-rule-out", mutant_class=CONVENTIONAL, resource_types=_PACK)
def pack_rule(site: Site) -> Iterator[Weakening]:
    """Each rule of a pack."""
    document = opened(site, ("TemplateBody",))
    body = document.body if document else None
    rules = body.get("Resources") if is_object(body) else None
    if document is not None and is_object(rules) and len(rules) > 1:
        for name in rules:
            yield Weakening(f"{name} is not checked.", document.edit((("Resources", name), REMOVED)))


@operator(
    id="analyzer-archives-all", mutant_class=CONVENTIONAL, resource_types=("AWS::AccessAnalyzer::Analyzer",)
)
def archive(site: Site) -> Iterator[Weakening]:
    """Findings go to the archive before anybody sees them."""
    everything = [{"RuleName": "all", "Filter": [{"Property": "resourceType", "Exists": True}]}]
    if site.get("ArchiveRules") != everything:
        yield site.weakening("Every finding is archived unseen.", site.edit(("ArchiveRules",), everything))
