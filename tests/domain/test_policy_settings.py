"""Settings: read from text, and resolved group → class → department → company → pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wxadmin.domain.checklist_template import DueRule
from wxadmin.domain.errors import UserError
from wxadmin.domain.policy import Pack
from wxadmin.domain.policy_settings import (
    Resolved,
    Scope,
    format_value,
    parse_value,
    resolve,
)
from wxadmin.policy.packs import load_pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("southeast")


def test_without_an_override_the_pack_decides(pack: Pack) -> None:
    found = resolve("brake_count", Scope(units=(7, 1)), {}, pack)
    assert found == Resolved(50, "pack")


def test_each_level_yields_to_the_nearer_one(pack: Pack) -> None:
    scope = Scope(group=3, group_class="region", units=(7, 2, 1))
    overrides: dict[tuple[str, str], str] = {}
    for place in ("company", "unit:1", "unit:7", "class:work", "class:region", "group:3"):
        overrides[place, "order_due_days"] = str(len(overrides) + 10)
        found = resolve("order_due_days", scope, overrides, pack)
        assert found == Resolved(len(overrides) + 9, place)


def test_a_unit_override_holds_below_it_and_not_beside_it(pack: Pack) -> None:
    overrides = {("unit:2", "leaver_deadline_days"): "3"}
    below = resolve("leaver_deadline_days", Scope(units=(7, 2, 1)), overrides, pack)
    beside = resolve("leaver_deadline_days", Scope(units=(8, 1)), overrides, pack)
    assert (below.value, beside.value) == (3, 0)


def test_what_the_packs_own_class_fixes_comes_before_the_company(pack: Pack) -> None:
    classes = tuple(
        replace(c, settings={"allow_external": False}) if c.id == "work" else c
        for c in pack.group_classes
    )
    strict, plant = replace(pack, group_classes=classes), Scope(group_class="plant")
    overrides = {("company", "allow_external"): "是"}
    assert resolve("allow_external", plant, overrides, pack) == Resolved(True, "company")
    assert resolve("allow_external", plant, overrides, strict) == Resolved(False, "class:work")
    overrides["class:plant", "allow_external"] = "是"
    assert resolve("allow_external", plant, overrides, strict) == Resolved(True, "class:plant")


def test_an_account_type_stands_where_a_class_stands(pack: Pack) -> None:
    found = resolve("required_identifiers", Scope(account_type="admin_number"), {}, pack)
    assert found == Resolved(("手机号码", "公司提供号码"), "type:admin_number")


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("brake_count", " 60 ", 60),
        ("allow_external", "是", True),
        ("allow_external", "关", False),
        ("check_frequency", "每周", "每周"),
        ("leaver_dispositions", "注销、转交接替者", ("注销", "转交接替者")),
        ("nickname_banned_words", "甲，乙;丙", ("甲", "乙", "丙")),
        ("quiet_windows", "23:30-7:30、12：40至14：20", ("23:30-07:30", "12:40-14:20")),
        ("term_start", "2026-09-01", date(2026, 9, 1)),
        ("term_start", "", None),
        ("admin_mailbox", "wx@example.cn", "wx@example.cn"),
        ("mandatory_rank", "主任", "主任"),
    ],
)
def test_a_setting_is_read_by_its_kind(pack: Pack, key: str, text: str, value: object) -> None:
    setting = pack.setting(key)
    read = parse_value(setting, text, pack.ranks_by_name())
    assert read == value
    assert parse_value(setting, format_value(read), pack.ranks_by_name()) == value


@pytest.mark.parametrize(
    ("key", "text", "message"),
    [
        ("brake_percent", "101", "“导入暂停比例”应填1到100之间的整数，不能是“101”。"),
        ("brake_percent", "二十", "“导入暂停比例”应填1到100之间的整数，不能是“二十”。"),
        ("brake_percent", "", "“导入暂停比例”应填1到100之间的整数，不能是空。"),
        ("allow_external", "也许", "“允许外部人员”应填是或否，不能是“也许”。"),
        (
            "check_frequency",
            "天天",
            "“群成员核查频率”应填每日、每周、每月、每季、仅事件之一，不能是“天天”。",
        ),
        (
            "term_start",
            "2026-13-01",
            "“学期、项目起始日”应填日期，如 2026-09-01，不能是“2026-13-01”。",
        ),
        (
            "quiet_windows",
            "25:99-7:00",
            "“静默时段”应填起止时刻，如 23:30-07:30，不能是“25:99-7:00”。",
        ),
        ("group_code_pattern", "(", "“群前缀编码”应填一个正则表达式，不能是“(”。"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(
    pack: Pack, key: str, text: str, message: str
) -> None:
    with pytest.raises(UserError) as caught:
        parse_value(pack.setting(key), text)
    assert caught.value.message == message


def test_due_dates_come_from_days_the_months_end_or_a_setting() -> None:
    day = date(2024, 2, 10)
    assert DueRule(days=3).due_on(day, {}.__getitem__) == date(2024, 2, 13)
    assert DueRule(month_end=True).due_on(day, {}.__getitem__) == date(2024, 2, 29)
    by_setting = DueRule(setting="leaver_deadline_days")
    assert by_setting.due_on(day, {"leaver_deadline_days": 1}.__getitem__) == date(2024, 2, 11)
