"""A guardrail's policy as CloudFormation writes it."""

from dataclasses import dataclass

from aws_cdk import aws_bedrock as bedrock

from genai_defense.model.guardrail_policy import GuardrailPolicy

_Cfn = bedrock.CfnGuardrail


@dataclass(frozen=True, kw_only=True)
class GuardrailContent:
    """The policies of `AWS::Bedrock::Guardrail`.

    Attributes:
        content: Harm filters and prompt attacks.
        topics: Denied topics, or None.
        words: Words and the managed list, or None.
        sensitive: Personal data and patterns, or None.
        grounding: Grounding and relevance.
    """

    content: _Cfn.ContentPolicyConfigProperty
    topics: _Cfn.TopicPolicyConfigProperty | None
    words: _Cfn.WordPolicyConfigProperty | None
    sensitive: _Cfn.SensitiveInformationPolicyConfigProperty | None
    grounding: _Cfn.ContextualGroundingPolicyConfigProperty

    @classmethod
    def of(cls, policy: GuardrailPolicy) -> "GuardrailContent":
        """Write a policy down."""
        return cls(
            content=_content(policy),
            topics=_topics(policy) if policy.denied_topics else None,
            words=_words(policy) if policy.blocked_words or policy.profanity else None,
            sensitive=_sensitive(policy) if policy.personal_data or policy.regexes else None,
            grounding=_grounding(policy),
        )


def _verdict(policy: GuardrailPolicy) -> str:
    return "NONE" if policy.blocks_nothing else "BLOCK"


def _content(policy: GuardrailPolicy) -> _Cfn.ContentPolicyConfigProperty:
    action = _verdict(policy)
    return _Cfn.ContentPolicyConfigProperty(
        content_filters_tier_config=_Cfn.ContentFiltersTierConfigProperty(tier_name=policy.tier),
        filters_config=[
            _Cfn.ContentFilterConfigProperty(
                type=kind,
                input_strength=strength.input,
                output_strength=strength.output,
                input_action=action,
                # Bedrock judges attacks on the way in only: there is nothing to do on the way out.
                output_action=None if kind == "PROMPT_ATTACK" else action,
            )
            for kind, strength in (policy.harms | {"PROMPT_ATTACK": policy.prompt_attack}).items()
        ],
    )


def _topics(policy: GuardrailPolicy) -> _Cfn.TopicPolicyConfigProperty:
    action = _verdict(policy)
    return _Cfn.TopicPolicyConfigProperty(
        topics_tier_config=_Cfn.TopicsTierConfigProperty(tier_name=policy.tier),
        topics_config=[
            _Cfn.TopicConfigProperty(
                name=topic.name,
                definition=topic.definition,
                examples=list(topic.examples) or None,
                type="DENY",
                input_action=action,
                output_action=action,
            )
            for topic in policy.denied_topics
        ],
    )


def _words(policy: GuardrailPolicy) -> _Cfn.WordPolicyConfigProperty:
    action = _verdict(policy)
    managed = [_Cfn.ManagedWordsConfigProperty(type="PROFANITY", input_action=action, output_action=action)]
    return _Cfn.WordPolicyConfigProperty(
        managed_word_lists_config=managed if policy.profanity else None,
        words_config=[
            _Cfn.WordConfigProperty(text=word, input_action=action, output_action=action)
            for word in policy.blocked_words
        ]
        or None,
    )


def _sensitive(policy: GuardrailPolicy) -> _Cfn.SensitiveInformationPolicyConfigProperty:
    def shown(action: str) -> str:
        return "NONE" if policy.blocks_nothing else action

    return _Cfn.SensitiveInformationPolicyConfigProperty(
        pii_entities_config=[
            _Cfn.PiiEntityConfigProperty(
                type=entry.type,
                # Required beside the two that count.
                action=shown(entry.output_action),
                input_action=shown(entry.input_action),
                output_action=shown(entry.output_action),
            )
            for entry in policy.personal_data
        ]
        or None,
        regexes_config=[
            _Cfn.RegexConfigProperty(
                name=entry.name,
                pattern=entry.pattern,
                description=entry.description,
                action=shown(entry.output_action),
                input_action=shown(entry.input_action),
                output_action=shown(entry.output_action),
            )
            for entry in policy.regexes
        ]
        or None,
    )


def _grounding(policy: GuardrailPolicy) -> _Cfn.ContextualGroundingPolicyConfigProperty:
    thresholds = {"GROUNDING": policy.grounding_threshold, "RELEVANCE": policy.relevance_threshold}
    return _Cfn.ContextualGroundingPolicyConfigProperty(
        filters_config=[
            _Cfn.ContextualGroundingFilterConfigProperty(
                type=kind, threshold=threshold, action=_verdict(policy)
            )
            for kind, threshold in thresholds.items()
        ],
    )
