"""What 设置 can do, as verbs: units, HR sources, posts, the office itself."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from builders import office, person, register_at

from wxadmin.bootstrap import create_workplace
from wxadmin.command_line import main
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup


@pytest.fixture
def run(tmp_path, capsys):
    with closing(office(tmp_path)) as workplace:
        person(workplace)

    def said(*words, code=0):
        assert main(["--register", register_at(tmp_path), "--json", *words], lambda: None) == code
        told = capsys.readouterr()
        return json.loads(told.out) if code == 0 else told.err

    return said


def test_a_unit_is_renamed_and_keeps_its_old_name(run):
    changed = run("set", "unit", "莆田二厂", "name=莆田第二厂", "support=是")
    assert "莆田二厂" in changed["aliases"]
    assert changed["support"] is True
    assert run("show", "unit", "莆田二厂")["name"] == "莆田第二厂"
    assert run("list", "units", "--search", "莆田第二厂")["total"] == 1


def test_a_name_that_is_taken_is_refused(run):
    assert "已是“莆田一厂”的名称或别名" in run("set", "unit", "莆田二厂", "name=莆田一厂", code=1)


def test_an_hr_source_is_made_changed_and_retired(run):
    made = run("set", "hr-source", "福州人事", "new=是", "contact=林小姐", "covers=莆田二厂")
    assert (made["contact"], made["covers"]) == ("林小姐", ["莆田二厂"])
    changed = run("set", "hr-source", "福州人事", "due_day=7", "name=福州厂人事")
    assert (changed["name"], changed["due_day"]) == ("福州厂人事", 7)
    assert run("set", "hr-source", "福州厂人事", "active=否")["active"] is False
    assert "1到28之间" in run("set", "hr-source", "福州厂人事", "due_day=40", code=1)


def test_a_post_is_given_a_rank_that_exists(run):
    assert run("set", "position", "操作工", "rank=主任")["rank"] == "主任"
    assert "没有“老大”这一级" in run("set", "position", "操作工", "rank=老大", code=1)
    assert run("list", "positions", "--search", "操作工")["positions"][0]["people"] == 1


def test_the_office_is_renamed_given_away_and_taken_back(run, tmp_path):
    assert run("set", "office", "-", "company_name=新名称")["company_name"] == "新名称"
    file = tmp_path / "交接.wxbak"
    given = run("set", "office", "-", "handed_over_to=小陈", f"file={file}")
    assert given["handed_over_to"] == "小陈"
    assert file.exists()
    assert "只能查看" in run("set", "office", "-", "company_name=再改", code=1)
    assert run("set", "office", "-", "handed_over_to=")["handed_over_on"] is None


def test_a_register_without_a_sample_has_none_to_clear(run):
    assert "没有示例办公室" in run("set", "office", "-", "sample=否", code=1)


def test_the_sample_office_is_cleared_by_verb(tmp_path, capsys):
    place = register_at(tmp_path)
    with closing(create_workplace(place, by="测试")) as workplace:
        Setup(workplace).from_pack("southeast", sample=True)
        SampleOffice(workplace).fill()
    words = ["--register", place, "--json"]
    assert main([*words, "set", "office", "-", "sample=否"], lambda: None) == 0
    assert json.loads(capsys.readouterr().out)["sample"] is False
    assert main([*words, "list", "people"], lambda: None) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 0


def test_an_encrypted_backup_is_refused_in_one_sentence(run, tmp_path):
    words = ("backup", str(tmp_path / "b.wxbak"), "--password-file", "密码.txt")
    assert "还不提供加密备份" in run(*words, code=1)
    assert not (tmp_path / "b.wxbak").exists()
