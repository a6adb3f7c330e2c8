"""A crawler reads the pages that somebody chose."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items, shown

_WEB = "DataSourceConfiguration.WebConfiguration"


@rule(
    id="OwaspLlm-CrawlerStaysAtHome",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The web data source follows links beyond its seed pages' site, or reads pages without TLS.",
    explanation="A page of a stranger, or one that was changed on its way, becomes what the chatbot answers"
    " from.",
    remedy="Leave Scope at HOST_ONLY, or give InclusionFilters, and start from https:// addresses.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/webcrawl-data-source-connector.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI03", "ASI06"),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::Bedrock::DataSource",),
)
def crawler_stays_at_home(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Only data sources that crawl are asked; the default scope is the path of the seed pages."""
    web = resource.get("DataSourceConfiguration.WebConfiguration")
    if isinstance(web, Opaque):
        return (
            NotApplicable()
            if resource.get("DataSourceConfiguration.Type") == "S3"
            else Unknown(_WEB, web.why)
        )
    if web is None:
        return NotApplicable()
    scope = dig(web, "CrawlerConfiguration.Scope")
    if isinstance(scope, Opaque):
        return Unknown(f"{_WEB}.CrawlerConfiguration.Scope", scope.why)
    if scope == "SUBDOMAINS" and not dig(web, "CrawlerConfiguration.InclusionFilters"):
        return NonCompliant(f"{_WEB}.CrawlerConfiguration.Scope", "links to every subdomain are followed")
    for seed in items(dig(web, "SourceConfiguration.UrlConfiguration.SeedUrls")):
        if literally(dig(seed, "Url")).startswith("http://"):
            return NonCompliant(
                f"{_WEB}.SourceConfiguration", f"{shown(dig(seed, 'Url'))} is read without TLS"
            )
    return Compliant("the crawler stays on the site that it was given")
