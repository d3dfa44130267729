"""The shape of the list that comes with an old workbook carried into the present template."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body
from services.migrated_templates import Migrated


class MovedBody(Body):
    """One line: a value that was not carried, one to look at, or a field that is new."""

    fate: str = Field(examples=["left"], description="check 已带入请核对,left 没有带入,new 新增请填写")
    form: str = Field(examples=["F02"])
    row_label: str = Field(examples=["E203 辖区重点市场数"])
    column: str
    sheet: str = Field(description="在旧文件里的工作表;新增的为空。Empty for what is new.")
    cell: str
    text: str = Field(description="原来填的。What stood there.")
    why: str
    why_en: str


class MigrationBody(Body):
    """What was carried, and the list of everything else."""

    unit: str
    period: str
    source: str = Field(description="旧文件是哪个模板。Which template the old workbook was.")
    summary: list[str]
    carried: int = Field(description="带入的格数。How many cells were carried.")
    carried_by_form: dict[str, int]
    blank: int = Field(description="还没有填的格数。How many cells are still to be filled in.")
    items: list[MovedBody]


def migration_body(made: Migrated) -> MigrationBody:
    """The list on the wire."""
    items = [
        MovedBody(
            fate=item.fate,
            form=item.form,
            row_label=item.row_label,
            column=item.column,
            sheet=item.sheet,
            cell=item.cell,
            text=item.text,
            why=item.why,
            why_en=item.why_en,
        )
        for item in made.found.items
    ]
    return MigrationBody(
        unit=made.unit,
        period=made.period.code,
        source=made.source,
        summary=list(made.summary),
        carried=made.found.total,
        carried_by_form={str(form): count for form, count in sorted(made.found.carried.items())},
        blank=made.found.blank,
        items=items,
    )
