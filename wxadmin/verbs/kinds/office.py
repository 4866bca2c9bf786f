"""The office for `show` and `set`: its name, the sample taken out, the register given away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.services.organisation import Organisation
from wxadmin.services.sample_clearing import SampleClearing
from wxadmin.services.transfer import Transfer
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import check_fields, read_yes

LABELS = {
    "company_name": "公司名称",
    "pack": "制度包",
    "sample": "示例",
    "handed_over_on": "交出日期",
    "handed_over_to": "交给",
    "file": "文件",
    "sha256": "校验码",
    "files": "连同几个文件",
    "lost": "没能带上",
    "operation": "日志第几步",
}
FIELDS = ("company_name", "sample", "handed_over_to", "file")


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return the one office there is, whatever it is called."""
    office = workplace.office()
    return {
        "company_name": office.company_name,
        "pack": office.pack_id,
        "sample": office.sample,
        "handed_over_on": office.handed_over_on,
        "handed_over_to": office.handed_over_to,
    }


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Do one thing: `company_name=…`, `sample=否` (take the sample office out),
    `handed_over_to=小陈 file=交接.wxjj` (give the register away), `handed_over_to=` (take back).
    """
    check_fields(fields, FIELDS, "办公室")
    if len(set(fields) - {"file"}) != 1:
        raise UserError("一次只能改一样：公司名称、清除示例、交出或收回。没有改动。", "wrong_words")
    operation: int | None = None
    given: dict[str, Any] = {}
    if "company_name" in fields:
        operation = Organisation(workplace).rename_office(fields["company_name"])
    elif "sample" in fields:
        if read_yes("sample", fields["sample"]):
            raise UserError("示例办公室只能在新建登记库时放入，没有改动。", "wrong_words")
        operation = SampleClearing(workplace).clear()
    else:
        given = _give(workplace, fields)
    return {**one(workplace, key), **given, "operation": operation}


def _give(workplace: Workplace, fields: dict[str, str]) -> dict[str, Any]:
    """Give the register away or take it back; returns what the file carries."""
    if not fields["handed_over_to"]:
        Transfer(workplace).take_back()
        return {}
    if "file" not in fields:
        raise UserError("请写明存到哪个文件：file=交接.wxjj。没有改动。", "wrong_words")
    done = Transfer(workplace).hand_over(Path(fields["file"]), fields["handed_over_to"])
    return {"file": done.path, "sha256": done.sha256, "files": done.files, "lost": done.lost}
