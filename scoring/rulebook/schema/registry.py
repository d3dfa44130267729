"""The explicit list of the kinds of rule files, and where each stands in a rule set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.rulebook.schema.adjustments import ADJUSTMENTS
from scoring.rulebook.schema.background import PLAN, UNITS, WORKDAYS
from scoring.rulebook.schema.forms import FORM
from scoring.rulebook.schema.frame import FRAME
from scoring.rulebook.schema.indicators import INDICATOR
from scoring.rulebook.schema.shapes import Fields
from scoring.rulebook.schema.whole_examples import WHOLE_EXAMPLES


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of rule file. pattern: its name within the rule set, `*` for any."""

    pattern: str
    shape: Fields
    purpose: str


FILE_KINDS: Mapping[str, FileKind] = {
    "ruleset": FileKind("ruleset.yaml", FRAME, "总纲: 依据、口径、树、取整、排名、等级"),
    "plan": FileKind("plan.yaml", PLAN, "工作要点的结构"),
    "units": FileKind("units.yaml", UNITS, "被考核单位和属性"),
    "form": FileKind("forms/*.yaml", FORM, "报表、数据项和审核关系"),
    "indicator": FileKind("indicators/*.yaml", INDICATOR, "指标, 一个文件一个"),
    "adjustments": FileKind("adjustments.yaml", ADJUSTMENTS, "加减分、一票否决、降级、最低要求"),
    "examples": FileKind("examples.yaml", WHOLE_EXAMPLES, "整套规则的例: 总分、等级、名次"),
    "workdays": FileKind("workdays.yaml", WORKDAYS, "工作日历和报送期限"),
}


def kind_of(name: str) -> FileKind | None:
    """The kind of a file by its name within the rule set; None for one that has no place there."""
    folder, _, _ = name.rpartition("/")
    wanted = f"{folder}/*.yaml" if folder else name
    return next((each for each in FILE_KINDS.values() if each.pattern == wanted), None)
