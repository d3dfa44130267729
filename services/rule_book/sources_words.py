"""Who gives the data, how often, and which document a rule rests on."""

from __future__ import annotations

from scoring.codes import ElementCode
from scoring.expressions import Formula
from scoring.methods.checklist import Checklist
from scoring.rulebook.forms import Element, Frequency, Provider
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.rulebook.sources import Source

PROVIDERS = {
    Provider.REGION: "被考核单位填报",
    Provider.MINISTRY: "国家部门提供",
    Provider.ON_SITE: "实地核查",
    Provider.OFFICE: "考核办公室登记",
    Provider.SYSTEM: "系统生成",
}
FREQUENCIES = {
    Frequency.QUARTERLY: "每季度",
    Frequency.HALF_YEARLY: "每半年",
    Frequency.YEARLY: "每年",
}


def formulas_of(indicator: Indicator) -> tuple[Formula, ...]:
    """Every formula by which the indicator asks for figures."""
    found = (indicator.value, indicator.applicable_when)
    return tuple(each for each in found if each is not None)


def elements_of(indicator: Indicator, rules: RuleSet) -> tuple[Element, ...]:
    """The data elements of an indicator, in the order in which it asks for them."""
    codes: list[ElementCode] = [
        figure.element for formula in formulas_of(indicator) for figure in formula.figures()
    ]
    if isinstance(indicator.method, Checklist):
        codes += [part.element for part in indicator.method.parts]
    return tuple(rules.elements[code] for code in dict.fromkeys(codes) if code in rules.elements)


def providers_of(indicator: Indicator, rules: RuleSet) -> str:
    """Who gives its data and on which form; forms by their codes."""
    told: dict[str, list[str]] = {}
    for element in elements_of(indicator, rules):
        forms = told.setdefault(PROVIDERS[element.provider], [])
        if element.form not in forms:
            forms.append(element.form)
    return "；".join(f"{who}（{'、'.join(forms)}）" for who, forms in told.items()) or "—"


def source_line(source: Source | None, rules: RuleSet) -> str:
    """The document by title and number, and what is meant in it; empty where the rule names none."""
    if source is None:
        return ""
    document = rules.documents.get(source.document)
    title = document.title if document else source.document
    number = f"（{document.number}）" if document and document.number else ""
    return f"《{title.strip('《》')}》{number}" + (f"：{source.text}" if source.text else "")
