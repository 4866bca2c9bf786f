"""A pack's files: the user's copy wins, and every mistake is refused naming file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wxadmin.domain.errors import UserError
from wxadmin.policy.packs import BUILT_IN, list_packs, load_pack


@pytest.fixture
def user_dir(tmp_path: Path) -> Path:
    """The user's folder with his own copy of the pack."""
    shutil.copytree(BUILT_IN / "southeast", tmp_path / "southeast")
    return tmp_path


def edit(user_dir: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` in a file of the pack and return the line it stood on."""
    path = user_dir / "southeast" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(user_dir: Path) -> str:
    with pytest.raises(UserError) as caught:
        load_pack("southeast", user_dir)
    return caught.value.message


def test_the_users_copy_wins(user_dir: Path) -> None:
    edit(user_dir, "pack.toml", '管理规程"', '管理规程（本厂版）"')
    assert load_pack("southeast", user_dir).title.endswith("（本厂版）")
    (info,) = list_packs(user_dir)
    assert info.is_user_copy
    assert not load_pack("southeast").title.endswith("（本厂版）")


def test_a_pack_may_be_one_single_file(user_dir: Path) -> None:
    folder = user_dir / "southeast"
    order = ("pack.toml", "units.toml", "checklists.toml", "groups.toml")
    texts = [(folder / name).read_text(encoding="utf-8") for name in order]
    numbers, rest = texts[3].split("]\n\n[[group_classes]]", 1)
    single = f"{numbers}]\n{texts[0]}\n[[group_classes]]{rest}\n{texts[1]}\n{texts[2]}"
    (user_dir / "one-file.toml").write_text(single, encoding="utf-8")
    assert len(load_pack("one-file", user_dir).groups) == 22


def test_a_file_saved_by_notepad_is_read(user_dir: Path) -> None:
    path = user_dir / "southeast" / "units.toml"
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    assert len(load_pack("southeast", user_dir).regions) == 9


def test_an_unknown_pack_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match=r"没有名为“northwest”的制度包，可用的有：.*southeast"):
        load_pack("northwest")


def test_a_broken_pack_is_listed_with_its_problem(user_dir: Path) -> None:
    edit(user_dir, "pack.toml", 'title = "', "title = ")
    (info,) = list_packs(user_dir)
    assert "pack.toml" in info.problem
    assert "行" in info.problem


MISTAKES = [
    pytest.param("units.toml", 'kind = "事业部"', "kind = 事业部", "写法不对", id="syntax"),
    pytest.param(
        "units.toml", 'kind = "事业部"', 'kidn = "事业部"', "缺少“kind”", id="missing key"
    ),
    pytest.param(
        "units.toml",
        'aliases = ["莆田总厂", "莆田1厂"]',
        'alias = ["莆田总厂"]',
        "不认识的项“alias”",
        id="unknown key",
    ),
    pytest.param("pack.toml", "no = 9", 'no = "九"', "“no”应为整数", id="wrong type"),
    pytest.param(
        "pack.toml", "is_leader = true", "is_leader = 1", "应为 true 或 false", id="no boolean"
    ),
    pytest.param(
        "units.toml", 'parent = "销售部门"', 'parent = "销售局"', "没有叫“销售局”的单位", id="unit"
    ),
    pytest.param(
        "units.toml",
        'name = "莆田二厂"',
        'name = "莆田总厂"',
        "单位“莆田总厂”重复",
        id="alias twice",
    ),
    pytest.param("pack.toml", "no = 8", "no = 9", "职务级别序号“9”重复", id="rank number twice"),
    pytest.param("groups.toml", 'no = "b"', 'no = "a"', "群组编号“a”重复", id="group number twice"),
    pytest.param(
        "groups.toml",
        '{ no = 2, mobile_group = "02" }',
        '{ no = 1, mobile_group = "02" }',
        "群管理号序号“1”重复",
        id="designated number twice",
    ),
    pytest.param(
        "groups.toml",
        '{ no = 2, mobile_group = "02" }',
        '{ no = 2, mobile_group = "01" }',
        "已有群管理号的手机端群组“01”重复",
        id="two numbers for one group",
    ),
    pytest.param(
        "groups.toml",
        '{ no = 2, mobile_group = "02" }',
        '{ no = 2, mobile_group = "99" }',
        "没有叫“99”的手机端群组编号",
        id="number for no group",
    ),
    pytest.param(
        "groups.toml",
        'unit = ["浙江商务"]',
        'unit = ["杭州商务"]',
        "没有叫“杭州商务”的单位",
        id="rule unit",
    ),
    pytest.param(
        "groups.toml",
        'position = ["总裁", ',
        'position = ["皇帝", ',
        "没有叫“皇帝”的职务",
        id="rule post",
    ),
    pytest.param(
        "groups.toml",
        'region = ["福建东部"]',
        'region = ["福建西部"]',
        "没有叫“福建西部”的",
        id="rule region",
    ),
    pytest.param(
        "groups.toml",
        'region = ["福建东部"]',
        'area = ["福建东部"]',
        "不认识的项“area”",
        id="rule field",
    ),
    pytest.param(
        "groups.toml",
        'region = ["福建东部"]',
        "region = []",
        "“region”至少要有一项",
        id="rule empty",
    ),
    pytest.param(
        "groups.toml", 'backend = "a"', 'backend = "z"', "没有编号为“z”的后台群组", id="backend"
    ),
    pytest.param(
        "groups.toml",
        'class = "leadership"',
        'class = "ships"',
        "没有叫“ships”的群类别",
        id="class",
    ),
    pytest.param(
        "pack.toml",
        "max_personal_accounts",
        "max_accounts",
        "没有“max_accounts”这项设定",
        id="setting",
    ),
    pytest.param(
        "pack.toml", 'value = "每月"', 'value = "天天"', "不能是“天天”", id="setting value"
    ),
    pytest.param(
        "pack.toml", "value = 1,", "value = 99,", "1到9之间的整数", id="setting out of range"
    ),
    pytest.param(
        "pack.toml",
        'account_types = ["console_admin"]',
        'account_types = ["root"]',
        "没有叫“root”的账号类型",
        id="route",
    ),
    pytest.param("pack.toml", 'act = "mail"', 'act = "fax"', "“act”不能是“fax”", id="route act"),
    pytest.param(
        "pack.toml",
        'covers = ["浙江商务"]',
        'covers = ["商务支持"]',
        "覆盖的单位“商务支持”重复",
        id="covers",
    ),
    pytest.param(
        "checklists.toml",
        'proof = "on_roster"',
        'proof = "oath"',
        "“proof”不能是“oath”",
        id="proof",
    ),
    pytest.param(
        "checklists.toml",
        "prerequisites = [3]",
        "prerequisites = [33]",
        "没有叫“33”的步骤",
        id="step",
    ),
    pytest.param(
        "checklists.toml",
        'due = "joiner_deadline_days"',
        'due = "someday"',
        "设定“someday”不存在",
        id="due",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), MISTAKES)
def test_a_mistake_is_refused_with_file_line_and_reason(
    user_dir: Path, file: str, old: str, new: str, said: str
) -> None:
    line = edit(user_dir, file, old, new)
    message = refusal(user_dir)
    assert said in message
    assert str(user_dir / "southeast" / file) in message
    found = int(message.split("第", 1)[1].split("行", 1)[0])
    assert line - 2 <= found <= line, message  # a missing key is told by its table's head


def test_a_value_of_a_many_line_list_is_found_on_its_own_line(user_dir: Path) -> None:
    line = edit(user_dir, "groups.toml", 'mobile_group = "17"', 'mobile_group = "71"')
    assert f"第{line}行" in refusal(user_dir)


def test_the_same_part_in_two_files_is_refused(user_dir: Path) -> None:
    extra = user_dir / "southeast" / "zz.toml"
    extra.write_text('version = "2"\n', encoding="utf-8")
    assert refusal(user_dir) == f"文件 {extra} 第1行：“version”在文件“pack.toml”里已经写过。"


def test_a_part_that_nobody_knows_is_refused(user_dir: Path) -> None:
    (user_dir / "southeast" / "zz.toml").write_text("\n[weather]\n", encoding="utf-8")
    assert "第2行：不认识的项“weather”" in refusal(user_dir)


def test_a_missing_part_is_refused(user_dir: Path) -> None:
    (user_dir / "southeast" / "units.toml").unlink()
    assert "缺少“units”" in refusal(user_dir)


def test_more_numbers_than_the_pool_are_refused(user_dir: Path) -> None:
    edit(user_dir, "pack.toml", "value = 20,", "value = 19,")
    assert "群管理号有20个，超过设定的19个" in refusal(user_dir)


def test_a_file_in_another_encoding_is_refused(user_dir: Path) -> None:
    path = user_dir / "southeast" / "units.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    message = refusal(user_dir)
    assert "第1行：不是 UTF-8 编码" in message
    assert "units.toml" in message
