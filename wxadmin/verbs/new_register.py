"""Make a register from a policy pack; with --sample filled with a made-up office."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.domain.policy import Pack
from wxadmin.policy.packs import load_pack
from wxadmin.services.sample_draft import check_sample_pack
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup
from wxadmin.verbs.call import Call, Outcome

HELP = "按制度包新建登记库；--sample 放入编造的示例办公室"
FIRST_PACK = "southeast"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("--policy", default=FIRST_PACK, metavar="PACK", help="制度包")
    parser.add_argument("--sample", action="store_true", help="放入示例办公室（人员均为编造）")
    parser.add_argument("--company", default="", metavar="NAME", help="公司名称")
    parser.add_argument(
        "--support",
        action="append",
        default=None,
        metavar="UNIT",
        help="算作支持部门的单位，可多次",
    )


def run(call: Call) -> Outcome:
    """Make the register; the pack is checked first, so that a wrong name leaves no file behind."""
    words = call.words
    pack = load_pack(words.policy, _user_policies(call.register))
    support = _support_units(pack, words.support)
    if words.sample:
        check_sample_pack(pack.id)
    with closing(call.create()) as workplace:
        made = Setup(workplace).from_pack(
            words.policy,
            company_name=words.company,
            support_units=support,
            sample=words.sample,
        )
        people = SampleOffice(workplace).fill().people if words.sample else 0
    data = {
        "register": call.register,
        "policy": made.policy,
        "groups": made.groups,
        "people": people,
    }
    filled = f"，放入示例人员 {people} 人（均为编造）" if words.sample else ""
    line = f"已建登记库 {call.register}：制度包 {made.policy}，群组 {made.groups} 个{filled}。"
    return Outcome(data, [line])


def _support_units(pack: Pack, named: list[str] | None) -> list[str] | None:
    """Return the units by the pack's own names; None leaves the choice to the pack."""
    if named is None:
        return None
    known = {name: unit.name for unit in pack.units for name in (unit.name, *unit.aliases)}
    for name in named:
        if name not in known:
            offer = "、".join(unit.name for unit in pack.units)
            raise UserError(f"制度包里没有单位“{name}”，没有建库。可用的有：{offer}。", "no_unit")
    return [known[name] for name in named]


def _user_policies(register: str) -> Path | None:
    from wxadmin import paths
    from wxadmin.storage.database import is_url

    return None if is_url(register) else paths.user_policies(Path(register))
