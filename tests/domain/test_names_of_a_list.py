"""The ways people write down who is in a group, and departments as paths."""

from __future__ import annotations

import pytest

from wxadmin.domain.member_list import names_of_text
from wxadmin.domain.wecom_reading import department_trouble


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张伟\n李四", ["张伟", "李四"]),
        ("张伟、李四，王五;赵六", ["张伟", "李四", "王五", "赵六"]),
        ("#接龙\n标题\n例 张三\n1. 张伟-包装车间\n2. 李四", ["张伟-包装车间", "李四"]),
        ("1.张伟\n2、李四\n（3）王五", ["张伟", "李四", "王五"]),
        ("张伟（群主）\n李四 管理员\n• 王五", ["张伟", "李四", "王五"]),
        ("00012\n\n  林国栋　\n", ["00012", "林国栋"]),
        ("#接龙\n没有人接", []),
        ("", []),
    ],
)
def test_names_come_out_of_a_text_as_they_were_meant(text: str, names: list[str]) -> None:
    assert names_of_text(text) == names


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("公司/生产部", ""),
        ("公司//质量部", "一级是空的"),
        ("公司/生产，质量", "，"),
        ("公司/生产|质量", "|"),
        ("公司/" + "长" * 33, "33"),
        ("/".join("级" * 16), "16 级"),
    ],
)
def test_a_department_that_wecom_would_not_take_is_pointed_out(path: str, word: str) -> None:
    found = department_trouble(path)
    assert word in found if word else not found
