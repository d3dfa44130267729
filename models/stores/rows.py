"""Between a frozen record and the columns of the same names."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import InstrumentedAttribute

from models.base import Base

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def values_of(record: DataclassInstance) -> dict[str, Any]:
    """The record's fields by name."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def columns_of(
    record_type: type[DataclassInstance], row_type: type[Base]
) -> list[InstrumentedAttribute[Any]]:
    """The columns that make a record, in the order of its fields."""
    return [getattr(row_type, field.name) for field in fields(record_type)]
