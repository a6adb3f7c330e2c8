"""The kit's own pack as a validation plugin of the CDK."""

from collections import Counter
from pathlib import Path

import aws_cdk as cdk
import jsii

from genai_defense import __version__
from genai_defense.checks.assembly import load_templates
from genai_defense.checks.bounds import DEFAULT_BOUNDS, Bounds
from genai_defense.checks.depth_pack import OWASP_LLM_DEPTH
from genai_defense.checks.pack import OWASP_LLM, OWASP_LLM_BASELINE, Pack, Result
from genai_defense.checks.template_graph import TemplateGraph


@jsii.implements(cdk.IPolicyValidationPlugin)
class _PackPlugin:
    """Runs packs over all templates of an app, every time that it is synthesized."""

    def __init__(self, packs: tuple[Pack, ...], bounds: Bounds) -> None:
        self._packs = packs
        self._bounds = bounds

    @property
    def name(self) -> str:
        """The namespace of the acknowledgements."""
        return self._packs[0].name

    @property
    def version(self) -> str:
        """The version of this package."""
        return __version__

    @property
    def rule_ids(self) -> list[str]:
        """The ids of all rules that are asked."""
        return [rule.id for pack in self._packs for rule in pack.rules]

    def validate(self, context: cdk.IPolicyValidationContext) -> cdk.PolicyValidationPluginReport:
        """Check the templates of one synth.

        Args:
            context: What the CDK has synthesized.
        """
        templates = load_templates(Path(path) for path in context.template_paths)
        graph = TemplateGraph(templates, bounds=self._bounds)
        results = [result for pack in self._packs for result in pack.results(graph)]
        violations = [violation for result in results for violation in _violations(result)]
        counts = Counter(type(result.answer).__name__ for result in results)
        return cdk.PolicyValidationPluginReport(
            success=all(violation.severity != "error" for violation in violations),
            violations=violations,
            metadata={kind: str(count) for kind, count in sorted(counts.items())},
        )


class OwaspLlm(_PackPlugin):
    """Runs the pack `OwaspLlm` over all templates of an app, every time that it is synthesized.

    `Validations.of(app).add_plugins(OwaspLlm())` is all that an app needs. A finding carries the resource,
    the property, the remedy and the rule's mapping; it is acknowledged by its rule's id, such as
    `OwaspLlm-UserPoolRequiresMfa`. What cannot be resolved is a finding too.

    Args:
        bounds: Numeric limits that rules compare with. Default: the documented ones.
        depth: Whether a risk with less than two independent controls in the whole app is a finding, too (the
            pack `OwaspLlm-Depth`); it stands on no construct. Default: False, since an app may be a part of
            an application.
    """

    def __init__(self, *, bounds: Bounds = DEFAULT_BOUNDS, depth: bool = False) -> None:
        super().__init__((OWASP_LLM, OWASP_LLM_DEPTH) if depth else (OWASP_LLM,), bounds)


class OwaspLlmBaseline(_PackPlugin):
    """Runs the pack `OwaspLlm-Baseline`: what an app that sets up an account must have at all.

    `Validations.of(app).add_plugins(OwaspLlmBaseline())` beside `OwaspLlm()`. A finding is about the app as a
    whole, so it stands on no construct.

    Args:
        bounds: Numeric limits that rules compare with. Default: the documented ones.
    """

    def __init__(self, *, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        super().__init__((OWASP_LLM_BASELINE,), bounds)


def _violations(result: Result) -> list[cdk.PolicyViolation]:
    """One for a resource, however many places of it break the rule: it is acknowledged once."""
    if not (faults := result.faults):
        return []
    rule = result.rule
    risks = {**vars(rule.mapping), "owasp_llm_2023": rule.mapping.owasp_llm_2023}
    return [
        cdk.PolicyViolation(
            rule_name=rule.id,
            description="\n".join(fault.message for fault in faults),
            fix=rule.remedy,
            severity=rule.level.value,
            rule_metadata={
                "status": faults[0].status,
                "boundary": rule.boundary.value,
                "explanation": rule.explanation,
                "source": rule.source.url,
                **{catalogue: ", ".join(ids) for catalogue, ids in risks.items()},
            },
            violating_resources=[
                cdk.PolicyViolatingResource(
                    resource_logical_id=result.resource.logical_id,
                    template_path=result.resource.template.name,
                    locations=[fault.location or "Properties" for fault in faults],
                )
            ],
        )
    ]
