"""The slip for a newcomer (入群须知): his groups, what he is called in each, how one behaves."""

from __future__ import annotations

from collections.abc import Sequence

from wxadmin.domain.form_definition import RegisterDefinition
from wxadmin.domain.frozen import dataclass
from wxadmin.paper.flow import Flow
from wxadmin.paper.flow_table import set_table
from wxadmin.paper.items import Face, FontRole, Measure, Page
from wxadmin.paper.template import Filler

SECTION = Face(11, FontRole.HEI)


@dataclass(frozen=True, slots=True)
class GroupToJoin:
    """One group of a slip."""

    group: str
    owner: str
    nickname: str
    must: str  # 必须 or ""
    announcement: str = ""


@dataclass(frozen=True, slots=True)
class JoiningSlip:
    """What one newcomer is handed."""

    name: str
    emp_no: str
    dept: str
    position: str
    groups: tuple[GroupToJoin, ...]
    template: str = ""  # {部门}-{姓名} in words: 部门-姓名
    example: str = ""
    sensitive: str = ""
    quiet: str = ""
    company: str = ""


def joining_slip_pages(
    definition: RegisterDefinition, slips: Sequence[JoiningSlip], measure: Measure
) -> tuple[Page, ...]:
    """Lay out slips, every person on a page of his own."""
    return tuple(page for slip in slips for page in _one(definition, slip, measure))


def _one(definition: RegisterDefinition, slip: JoiningSlip, measure: Measure) -> tuple[Page, ...]:
    words, body = definition.words, Face(definition.body_pt)
    filler = Filler(_values(slip))
    flow = Flow(measure, definition.margins, (definition.width, definition.height))
    above = [filler.text(part) for part in definition.above]
    flow.head(filler.text(definition.title), definition.title_pt, above, body)
    flow.heading(filler.text(words["groups"]), SECTION)
    if slip.groups:
        rows = [{"no": str(no), **_row(one)} for no, one in enumerate(slip.groups, start=1)]
        set_table(flow, definition.tables["groups"], rows, body, 8.0)
    else:
        flow.line(words["nobody"], body)
    flow.heading(words["nickname"], SECTION)
    flow.template(filler, words["how" if slip.template else "free"], body)
    flow.heading(words["rules"], SECTION)
    flow.template(filler, words["common"], body)
    if slip.quiet:
        flow.template(filler, words["quiet"], body)
    for one in slip.groups:
        if one.announcement:
            said = Filler({"group": one.group, "announcement": one.announcement})
            flow.template(said, words["announcement"], body)
    flow.gap(8.0)
    flow.need(10.0)
    flow.template(filler, words["signature"], body)
    return flow.pages()


def _values(slip: JoiningSlip) -> dict[str, object]:
    return {
        "company": slip.company,
        "name": slip.name,
        "emp_no": slip.emp_no,
        "dept": slip.dept,
        "position": slip.position,
        "count": str(len(slip.groups)),
        "template": slip.template,
        "example": slip.example,
        "sensitive": slip.sensitive,
        "quiet": slip.quiet,
    }


def _row(one: GroupToJoin) -> dict[str, object]:
    return {
        "group": one.group,
        "owner": one.owner,
        "nickname": one.nickname,
        "must": one.must,
    }


def joining_text(slip: JoiningSlip) -> str:
    """Return a slip as a chat message to the newcomer."""
    lines = [f"{slip.name}，欢迎。请等群主把你加入下列工作群，进群后改好群昵称："]
    lines += [
        "　".join(
            filter(None, (f"{no}. {one.group}", f"昵称“{one.nickname}”" if one.nickname else ""))
        )
        for no, one in enumerate(slip.groups, start=1)
    ]
    lines.append("只谈工作，不转发群内内容，不私自拉人，不自行退群。")
    if slip.quiet:
        lines.append(f"休息时段（{slip.quiet}）非紧急事项不发消息。")
    return "\n".join(lines)
