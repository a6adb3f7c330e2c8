"""The injection rules in English, and the list that joins them with the other languages.

Notation: a blank is a gap of one to six characters that are no letters or digits, ``~`` the edge of a word;
everything else is a regular expression with bounded quantifiers. ``needs`` holds plain lower-case substrings
of which one must occur, so that most texts never meet the expression.
"""

from __future__ import annotations

from typing import Final

from guardrail_engine.detectors.rule import Rule, words

_IGNORE: Final = (
    "(?:ignor(?:e|es|ed|ing)|disregard(?:s|ed|ing)?|forget(?:ting|s)?|forgot|overrid(?:e|es|ing)|overrule"
    "|bypass(?:ing)?|neglect|overlook|unlearn|nullify|supersede|set aside|stop (?:following|obeying)"
    "|do(?: not|n.?t) (?:follow|obey|listen to|pay (?:any )?attention to|adhere to|comply with)"
    "|pay no attention to)"
)
# People cancel orders and delete messages every day, so these words ask for more around them.
_CANCEL: Final = (
    "(?:skip|abandon|discard|dismiss|erase|delete|cancel|drop|reset|void|throw (?:away|out)|never mind)"
)
_EARLIER: Final = (
    "(?:previous(?:ly)?|prior|preceding|precedent|above|earlier|foregoing|initial|original|existing|"
    "former|past|your|ur|"
    "you were|system|developer|all|every|any|current|old|last|openai|anthropic|built in|pre set|preset|"
    "hidden)"
)
_ORDERS: Final = (
    "(?:instructions?|instructed|directions?|directives?|rules?|guidelines?|prompts?|commands?|orders|"
    "constraints?|restrictions?|polic(?:y|ies)|programming|guardrails?|safeguards?|protocols?|"
    "configurations?|training)"
)
_STRONG_ORDERS: Final = (
    "(?:instructions?|directives?|guidelines?|prompts?|commands?|rules?|orders?|directions?|guardrails?)"
)
_REVEAL: Final = (
    "(?:reveal|show|print|display|output|repeat|tell|give|leak|dump|share|expose|write|disclose|recite|"
    "return|copy|spell|translate|summari[sz]e|list|send|provide|what (?:is|are|was|were)|what.?s|paste|echo|"
    "type|state|describe|explain|extract|quote|divulge|access|encode|regurgitate|know|see|read)"
)
_HIDDEN: Final = (
    "(?:system|initial|original|hidden|secret|internal|developer|base|pre|starting|confidential|first|"
    "underlying|custom"
    "|backend|meta|master|previous|prior|full|exact|above|preceding|core|private)"
)
_FREE: Final = (
    "(?:unrestricted|uncensored|unfiltered|unmoderated|jailbroken|unethical|amoral|immoral|evil|unhinged|"
    "unbound(?:ed)?|limitless|lawless|rebellious|malicious|unaligned)"
)
_LIMITS: Final = (
    "(?:restrictions?|limit(?:ation)?s?|filters?|guidelines?|rules?|polic(?:y|ies)|constraints?|"
    "safeguards?|guardrails?|censorship|boundaries|morals?|ethics|protocols?|moderation|laws?)"
)

ENGLISH: Final = (
    Rule(
        "override-earlier",
        words("ignor disregard forg overrid overrul bypass neglect overlook unlearn nullify supersede aside")
        + words("not n't nt stop attention"),
        rf"~{_IGNORE} (?:[^\W_]{{1,14}} ){{0,4}}?{_EARLIER} (?:[^\W_]{{1,14}} ){{0,3}}?{_ORDERS}~",
    ),
    Rule(
        "cancel-earlier",
        words("skip abandon discard dismiss erase delete cancel drop reset void throw never"),
        rf"~{_CANCEL} (?:[^\W_]{{1,14}} ){{0,4}}?(?:previous|prior|preceding|above|earlier|initial|original|"
        r"your|system|developer|hidden) (?:[^\W_]{1,14} ){0,2}?(?:instructions?|directives?|guidelines?|"
        r"prompts?|rules|programming|restrictions|guardrails?)~",
    ),
    Rule(
        "override-later",
        words(
            "ignor disregard forg overrid overrul bypass skip abandon discard dismiss erase not n't nt "
            "stop attention"
        ),
        rf"~{_IGNORE} (?:[^\W_]{{1,14}} ){{0,3}}?{_STRONG_ORDERS} (?:[^\W_]{{1,14}} ){{0,2}}?"
        "(?:above|before|so far|earlier|previously|(?:that )?you (?:were|have|had|got|ve|received)|given "
        "to you)~",
    ),
    Rule(
        "override-everything",
        words("ignor disregard forg"),
        r"~(?:ignore|disregard|forget) (?:about )?(?:everything|anything|all|what(?:ever)?)(?: (?:of|that|"
        r"which|else|from|i|you|"
        r"we|was|is|has|have|been|were|the|this|just|text)){0,5} "
        r"(?:above|before|previous(?:ly)?|prior|said|told|know|earlier|instructed|learn(?:ed|t)|came|up "
        r"to now|preceding)~",
    ),
    Rule(
        "new-orders",
        words("new"),
        r"~(?:your|here are(?: your)?|these are(?: your)?|following|follow|obey|receive|execute)(?: the| "
        r"my| these| are| is){0,2} "
        r"new (?:system |secret |main |real |primary |only |updated )?(?:instructions?|directives?|orders|"
        r"objective|system prompt|prompt|rules)~"
        r"|~new (?:system )?(?:instructions?|directives?|system prompt|orders)\x20?:",
    ),
    Rule(
        "reveal-prompt",
        words("prompt instruct guideline directive rules message configuration preamble"),
        rf"~{_REVEAL} (?:(?:me|us|out|back|verbatim|exactly|again|word for word|to me|all|of|the|full|"
        rf"complete|entire) ){{0,5}}?"
        rf"(?:your|ur|its) (?:[^\W_]{{1,12}} ){{0,2}}?(?:{_HIDDEN} ){{1,3}}?"
        r"(?:prompts?|instructions?|messages?|guidelines?|rules?|directives?|configuration|context|"
        r"preamble)~",
    ),
    Rule(
        "reveal-system-prompt",
        words("prompt"),
        rf"~{_REVEAL} (?:[^\W_]{{1,12}} ){{0,4}}?(?:the|this|that|all|any|its|full|entire|complete|exact|"
        rf"your) (?:[^\W_]{{1,12}} ){{0,2}}?"
        r"(?:system|hidden|secret|developer|initial|original|internal|pre) prompts?~",
    ),
    Rule(
        "reveal-your-instructions",
        words("instruct guideline prompt"),
        r"~(?:reveal|print|output|repeat|leak|dump|expose|disclose|recite|show me|tell me|give me|what "
        r"(?:are|were|is)) "
        r"(?:(?:me|us|all|of|the|out|exactly|verbatim) ){0,3}?your (?:exact |full |complete |entire |own |"
        r"special )?"
        r"(?:instructions?|prompts?|guidelines)~",
    ),
    Rule(
        "repeat-above",
        words("above before previous preceding prior beginning starting verbatim"),
        r"~(?:repeat|print|output|copy|recite|echo|display|return|reproduce) (?:(?:me|back|out|verbatim|"
        r"exactly) ){0,2}"
        r"(?:all|everything|the (?:words?|texts?|lines?|contents?|sentences?|messages?|paragraphs?|"
        r"prompts?|conversation)|whatever|what) "
        r"(?:[^\W_]{1,12} ){0,4}?(?:above|before this|previously|preceding|prior to|beginning with|"
        r"starting with|verbatim)~",
    ),
    Rule(
        "persona-jailbreak",
        words("dan stan dude aim jailb anything mode"),
        r"~(?:do anything now|(?:you are|act as|pretend to be|become|called|named|be|from|play) (?:now )"
        r"?(?-i:DAN|STAN|DUDE|AIM|BetterDAN)~"
        r"|(?:jailbreak|jailbroken|god|dan|opposite|evil|sudo|unrestricted|anarchy|chaos) mode"
        r"|developer mode (?:enabled|output|activated|v2)|(?:enter|enable|activate) developer mode"
        r"|you (?:are|have been) (?:now )?jailbroken)~",
    ),
    Rule(
        "persona-free",
        words("act pretend become you imagin simulat role"),
        r"~(?:act|behave|respond|answer|acting|pretend|roleplay|become|you are|you will be|simulate|"
        rf"imagine)(?: [^\W_]{{1,12}}){{0,5}}? {_FREE}"
        r"(?: [^\W_]{1,12}){0,2}? (?:ai|assistant|bot|chatbot|model|llm|gpt|chatgpt|language model|"
        r"version|character|persona|entity|response)~",
    ),
    Rule(
        "no-limits",
        words("without free not no bypass disabl ignor turn remove lift"),
        r"~(?:you|u|your|yourself|answer|respond|act|ai|assistant|model|chatbot)(?: [^\W_]{1,14}){0,6}? "
        r"(?:without|free (?:of|from)|"
        r"not bound by|no longer bound by|not restricted by|not limited by|not subject to|(?:have|has|had|"
        r"with) no|do not have|don.?t have"
        rf"|unbound by) (?:any |all |the |more |your |of |typical ){{0,3}}(?:[^\W_]{{2,14}} )"
        rf"{{0,2}}?(?:{_LIMITS}~)",
    ),
    Rule(
        "disable-safety",
        words("disabl bypass turn remov lift circumvent deactivat overrid switch evad"),
        r"~(?:disabl(?:e|ing)|bypass(?:ing)?|turn(?:ing)? off|remov(?:e|ing)|lift|circumvent(?:ing)?|"
        r"deactivat(?:e|ing)|overrid(?:e|ing)|switch off|evade) "
        rf"(?:all |any |of |the ){{0,3}}(?:your|its|the (?:ai|model|assistant|chatbot|llm|bot)(?:.s)?) "
        rf"(?:[^\W_]{{2,14}} ){{0,2}}?{_LIMITS}~",
    ),
    Rule(
        "obey-me",
        words("obey refus comply must never"),
        r"~you (?:must|will|have to|shall|are to|need to)(?: now| always| only| never){0,2} (?:obey|"
        r"comply with (?:all|any|every|my)|do as i say|refuse nothing|"
        r"follow (?:only )?(?:my|all my|these new) (?:orders|commands|instructions))"
        r"|~(?:you )?(?:can(?: )?not|must not|may not|are not allowed to|never|shall not) (?:refuse|decline|"
        r"reject|say no to) (?:any|my|a|to answer|an|this|the)~",
    ),
    Rule(
        "instructions-void",
        words("false wrong test void invalid cancel longer outdated supersed fake obsolete over revoked"),
        r"~(?:the |your |all )?(?:above|previous|preceding|prior|earlier|original|initial|old) (?:system "
        rf")?{_ORDERS} (?:is|are|was|were|have been|has been) "
        r"(?:now )?(?:all )?(?:false|wrong|just a test|only a test|a test|void|invalid|cancell?ed|no "
        r"longer|outdated|superseded|fake|obsolete|over|revoked)~",
    ),
    Rule(
        "role-markers",
        words("<| [inst <<sys </sys <sys [system ### begin_of"),
        r"<\|\x20?(?:im_start|im_end|system|assistant|endoftext|eot_id|begin_of_text|start_header_id|"
        r"endofprompt)\x20?\|>|\[/?INST\]|<</?SYS>>"
        r"|</?(?:system|sys|system_prompt|systemprompt|developer|admin)>|\[system\]\x20?(?:\(|:)|(?:^|\n)"
        r"\x20?#{2,4}\x20?(?:system|new instructions?|instruction override)\x20?:?",
    ),
    Rule(
        "forged-turn",
        words("system: assistant: system] prompt"),
        r"(?:^|\n)\x20?(?:system|developer|admin)(?: (?:message|override|note|prompt|update|alert))"
        r"?\x20?[:>\]][^\n]{0,160}~(?:you|ignore|must|now|new|instructions?|override|reveal|disregard|"
        r"unlock)~"
        r"|~(?:end|stop|close) of (?:the )?(?:system )?(?:prompt|instructions|user (?:input|query|prompt))"
        r"~[^\n]{0,80}",
    ),
    Rule(
        "admin-override",
        words("override sudo debug root admin developer authori"),
        r"~(?:admin(?:istrator)?|developer|system|root|security|safety|instruction|emergency) override~|"
        r"~sudo mode~"
        r"|~i am (?:now )?(?:your|the|an?) (?:developer|creator|administrator|admin|system administrator|"
        r"programmer|owner)(?: [^\W_]{1,14}){0,8}? "
        r"(?:override|ignore|reveal|disable|bypass|unlock|grant|authorize|prompt|give me|show me|tell me)~",
    ),
    Rule(
        "reveal-secret",
        words("secret password passphrase credential confidential flag key"),
        r"~(?:reveal|leak|disclose|expose|divulge|dump|spill|tell me|give me|show me|print|output|what is|"
        r"send me)(?: [^\W_]{1,12}){0,3}? (?:the|your|all|any) "
        r"(?:(?:secret|hidden|confidential|internal|private|admin|system) (?:[^\W_]{2,12} )?(?:keys?|"
        r"passwords?|passphrase|codes?|words?|phrase|information|data|credentials?|instructions?|flag|"
        r"value)"
        r"|(?:password|passphrase|secret|key)(?: [^\W_]{1,12}){0,2}? (?:you (?:were|have|know|are)|in "
        r"your|from your))~",
        risk="LLM02",
    ),
    Rule(
        "exfiltrate",
        words("send post append forward exfiltrat transmit upload leak encode embed"),
        r"~(?:send|post|append|forward|exfiltrate|transmit|upload|leak|embed|encode|include)(?: "
        r"[^\W_]{1,14}){0,5}? (?:conversation|chat history|system prompt|previous messages|"
        r"chat logs?|user data|user.s (?:data|messages?|input|information)|session|api keys?|credentials|"
        r"cookies?|secrets?)(?: [^\W_]{1,14}){0,5}? (?:to|at|via|in|into) "
        r"(?:[^\W_]{1,14} ){0,3}?(?:https?://|www\.|the (?:url|link|image)|an? (?:image|url|link|webhook)|"
        r"this (?:url|address|server|endpoint|webhook)|webhook|attacker)",
        risk="LLM02",
    ),
    Rule(
        "no-refusal",
        words("disclaimer refus warning apolog sorry cannot"),
        r"~(?:never|do not|don.?t|without|no)(?: [^\W_]{1,12}){0,3}? (?:refus(?:e|al|ing)|disclaimers?|"
        r"say (?:that )?you (?:can.?t|cannot))(?: [^\W_]{1,12}){0,6}? "
        r"(?:unethical|illegal|immoral|harmful|dangerous|inappropriate|no matter|any (?:request|question|"
        r"prompt))~",
    ),
)

# The blanks are gone here, so there are no gaps and no free words: only what may follow directly.
_SQUEEZED_FILL: Final = "(?:all|any|the|your|my|these|of|those|every|our){0,3}"
SQUEEZED: Final = Rule(
    "override-squeezed",
    (),
    rf"(?:ignore|disregard|forget|override|bypass|discard){_SQUEEZED_FILL}(?:previous|prior|above|earlier|"
    rf"preceding|system|original|initial|safety){_SQUEEZED_FILL}{_ORDERS}"
    rf"|(?:ignore|disregard|forget|override|bypass)(?:allof|all|your|any){_SQUEEZED_FILL}{_STRONG_ORDERS}|"
    r"(?:ignore|forget|disregard)(?:everything|all)(?:above|before|previous)"
    rf"|(?:reveal|show|print|output|repeat|leak|tell)(?:me|us)?(?:the|your|full|entire){{1,2}}(?:system|"
    r"hidden|secret|initial|original)(?:prompt|instructions?|message)",
)
"""For views whose words have run together."""
