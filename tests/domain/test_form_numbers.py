"""Forms are numbered by their pattern, and know which required fields are empty."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.form_definition import (
    FormDefinition,
    FormField,
    Margins,
    PaperLayout,
    form_number,
    number_series,
)

DAY = date(2026, 11, 3)


def test_a_number_names_month_and_place_in_its_series() -> None:
    assert form_number("QWSQ-{YYYYMM}-{nnn}", DAY, 42) == "QWSQ-202611-042"
    assert form_number("TZ-{YYYY}-{MM}-{nn}", DAY, 7) == "TZ-2026-11-07"


def test_a_full_series_grows_a_digit_and_loses_none() -> None:
    assert form_number("QWSQ-{YYYYMM}-{nnn}", DAY, 1000) == "QWSQ-202611-1000"


def test_each_month_is_a_series_of_its_own() -> None:
    pattern = "QWSQ-{YYYYMM}-{nnn}"
    assert number_series(pattern, DAY) != number_series(pattern, date(2026, 12, 1))
    assert number_series(pattern, DAY) == number_series(pattern, date(2026, 11, 30))


def test_required_fields_without_a_value_are_named() -> None:
    fields = (
        FormField("name", "姓名", required=True),
        FormField("region", "销售区域", required_when="sales"),
        FormField("note", "备注"),
    )
    layout = PaperLayout(Margins(1, 1, 1, 1), (10,), ())
    form = FormDefinition("x", "表", 1, "X-{nnn}", fields, layout)
    assert [one.name for one in form.missing({"name": ""})] == ["name"]
    assert [one.name for one in form.missing({"name": "甲"}, frozenset({"sales"}))] == ["region"]
    assert form.missing({"name": "甲", "region": "福建东部"}, frozenset({"sales"})) == ()
