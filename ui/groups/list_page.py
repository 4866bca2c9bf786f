"""取名单: the real members pasted in, each line recognised or asked about, taken as one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from ui import style
from ui.groups.outsider_dialog import ask_outsider
from ui.groups.person_search import PersonSearch
from ui.groups.reading import Roll
from ui.shared.acting import act
from ui.shared.buttons import filled, ghost, plain
from ui.shared.columns import Cell, Column, State
from ui.shared.date_input import DateInput
from ui.shared.dialog import Choice
from ui.shared.inputs import LinesInput
from ui.shared.layouts import across, down
from ui.shared.record_form import Field, RecordForm
from ui.shared.rows import RowsInMemory
from ui.shared.side_page import SidePage
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from ui.shared.text import Text
from wxadmin.domain.import_plan import DISPUTED, outsider_answer
from wxadmin.domain.member_list import MemberLine, names_of_text
from wxadmin.domain.roster_row import Answers
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.group_lines import GroupLine
from wxadmin.services.groups import group_key
from wxadmin.services.imports import Imports, Preview, Said
from wxadmin.services.member_book import Meant, MemberBook
from wxadmin.services.member_lists import is_older
from wxadmin.services.member_names import NamedMember
from wxadmin.services.membership_picture import GONE_STATES, Person
from wxadmin.services.outsiders import Told

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

ASK, STRANGE, KNOWN = "ask", "strange", "known"
OUTSIDER, NOBODY = "outsider", "nobody"
_WAIT = 250
LISTS = "名单 (*.xlsx *.xls *.et *.csv *.txt);;所有文件 (*)"
_HEADINGS = (
    GroupHeading(ASK, "同名，请选一位"),
    GroupHeading(STRANGE, "不认得，请说明"),
    GroupHeading(KNOWN, "认出来的", foldable=True),
)
Answer = int | str | Told
"""What she said of a line: a person's id, who of which company, or NOBODY (leave the line out)."""


@dataclass(frozen=True, slots=True)
class Read:
    """One pasted line, whom it may mean, and what she said of it."""

    named: NamedMember
    answer: Answer | None
    person: Person | None

    @property
    def section(self) -> str:
        """The heading it stands under."""
        if self.answer is not None or self.person is not None:
            return KNOWN
        return ASK if self.named.candidates else STRANGE

    @property
    def state(self) -> State:
        """What it counts as."""
        if isinstance(self.answer, Told):
            return State("tick", f"外部人员{f'（{self.answer.org}）' if self.answer.org else ''}")
        if self.answer == NOBODY:
            return State("slash", "不要这行")
        if self.person is not None:
            return State("tick", f"{self.person.emp_no} {self.person.name}")
        count = len(self.named.candidates)
        return State("ask", f"{count}人同名" if count else "花名册里没有")


_COLUMNS = (
    Column("line", "贴进来的", 150, bold=True, value=lambda row: row.named.line),
    Column("who", "认作", 150, kind="state", value=lambda row: row.state),
    Column("unit", "部门", 140, stretch=1, tone="ink2",
           value=lambda row: Cell(row.person.org_unit) if row.person else ""),
    Column("act", "", 96, kind="act",
           value=lambda row: {ASK: "选哪一位", STRANGE: "是谁"}.get(
               row.section, "改" if row.answer is not None else "")),
)  # fmt: skip


class ListPage(SidePage):
    """Lines are recognised while she pastes; what is in doubt is asked, never guessed."""

    def __init__(self, desk: GroupsDesk, roll: Roll, line: GroupLine) -> None:
        super().__init__(
            f"取名单：{line.group.name}",
            "在企业微信里打开群成员，把名字抄来贴在下面，一行一人；工号、姓名、群昵称都认。",
            [plain("从文件…", "import", self.from_file)],
        )
        self._desk, self._roll, self._group = desk, roll, line.group
        self._answers: dict[str, Answer] = {}
        self._rows: dict[str, Read] = {}
        self.text = LinesInput("林国栋\n办公室-李四\n00326", 6)
        self.text.setAccessibleName("群成员名单，一行一人")
        self.day = DateInput()
        self.day.setAccessibleName("名单日期")
        self.day.set_value(roll.picture.today)
        self.day.setFixedWidth(style.px(150))
        self.table = Table(_COLUMNS, "认出的人", _HEADINGS)
        self.table.acted.connect(lambda key, _: self.ask_about(str(key)))
        self.table.opened.connect(lambda key: self.ask_about(str(key)))
        self._counted = Text("", tone="ink2", elide=True)
        day = across(Text("名单日期", size=12, tone="ink2"), self.day, self._counted, gap=10)
        self.body.addLayout(down(self.text, day, margins=(20, 0, 16, 8)))
        self.body.addWidget(self.table, 1)
        self._sum = Text("没有贴的人会记为已退群。", tone="ink2", elide=True)
        self._take = filled("登记名单", on_click=self.take)
        self.set_foot(self._sum, ghost("取消", on_click=self.left.emit), self._take)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.recognise)
        self.text.edited.connect(self._timer.start)
        self.recognise()
        self.text.setFocus()

    # -- recognising --------------------------------------------------------------------------

    def recognise(self) -> None:
        """Say of every line whom it means."""
        self._timer.stop()
        names = list(dict.fromkeys(names_of_text(self.text.value())))
        meant = self._book.find(map(MemberLine, names)) if names else []
        self._rows = {name: self._read(name, one) for name, one in zip(names, meant, strict=True)}
        rows = list(self._rows.values())
        self.table.show_rows(
            RowsInMemory(rows, key=lambda row: row.named.line, group=lambda row: row.section)
        )
        doubtful = sum(row.section != KNOWN for row in rows)
        known, outsiders = self._taken()
        strangers = f"，外部人员 {len(outsiders)} 人" if outsiders else ""
        self._counted.setText(f"共 {len(rows)} 行，认出 {len(known)} 人{strangers}")
        reason = "还没有贴名单" if not rows else f"还差 {doubtful} 行没认出" if doubtful else None
        self._take.block(reason, f"登记名单 {len(known) + len(outsiders)} 人")

    @cached_property
    def _book(self) -> MemberBook:
        """Everybody the lines may mean: by number, name, nickname, remark, pinyin."""
        return MemberBook(self._roll.workplace, self._roll.picture, self._group)

    def _read(self, name: str, meant: Meant) -> Read:
        picture = self._roll.picture
        known = (meant.person_id,) if meant.person_id is not None else meant.candidates
        named = NamedMember(name, tuple(map(picture.person, known)))
        answer = self._answers.get(name)
        if isinstance(answer, int):
            return Read(named, answer, picture.person(answer))
        if answer is None and meant.outsider is not None:
            known = meant.outsider  # said once, not asked again
            return Read(named, Told(known.name, known.org, known.brought_by), None)
        sure = answer is None and meant.person_id is not None
        return Read(named, answer, named.person if sure else None)

    def _taken(self) -> tuple[list[int], list[str]]:
        known = [row.person.id for row in self._rows.values() if row.person is not None]
        outsiders = [line for line, row in self._rows.items() if isinstance(row.answer, Told)]
        return list(dict.fromkeys(known)), outsiders

    # -- asking -------------------------------------------------------------------------------

    def ask_about(self, line: str) -> None:
        """Ask whom a line means: one of the namesakes, somebody else, an outsider, nobody."""
        row = self._rows[line]
        if row.section == KNOWN and row.answer is None:
            return
        candidates = row.named.candidates
        search = PersonSearch(self._roll.workplace, self._roll.picture, left_too=True)
        fields = [self._namesakes(candidates)] if candidates else []
        fields.append(Field("person", "是花名册里的另一位" if candidates else "是花名册里的",
                            check=search.check, placeholder="姓名、拼音、工号"))  # fmt: skip
        form = RecordForm(fields)
        search.attach(form.boxes["person"].input)
        left = [Choice("是外部人员", OUTSIDER), Choice("不要这行", NOBODY)]
        acts = (Choice("以后再说", None), Choice("就是他", form, kind="filled"))
        answer = self._desk.ask(f"“{line}”是谁？", "", form, acts, left)
        chosen = self._chosen(answer, search)
        if answer == OUTSIDER:
            chosen = ask_outsider(self._desk.context, line, self._roll.picture, self._group)
        if chosen is not None:
            self._answers[line] = chosen
            self.recognise()

    def _namesakes(self, candidates: tuple[Person, ...]) -> Field:
        choices: list[tuple[Any, str]] = [
            (p.id, " ".join(filter(None, (p.emp_no, p.name, p.org_unit, p.position))))
            for p in candidates
        ]
        return Field("namesake", "同名的几位", "choice", choices=choices)

    @staticmethod
    def _chosen(answer: Any, search: PersonSearch) -> Answer | None:
        if not isinstance(answer, Mapping):
            return answer if answer == NOBODY else None
        if answer["person"]:
            return search.read(str(answer["person"]))
        namesake = answer.get("namesake")
        return namesake if isinstance(namesake, int) else None

    def from_file(self) -> None:
        """A table, a 群接龙 text, a 收集表: taken in with a preview at 导入."""
        paths = self._desk.context.messages.ask_files(LISTS)
        if paths:
            day = self.day.value()
            wanted = {"group": group_key(self._group), "paths": paths[:1],
                      "on": day if isinstance(day, date) else None}  # fmt: skip
            self._desk.context.navigate("imports", wanted)

    # -- taking -------------------------------------------------------------------------------

    def take(self) -> None:
        """Record exactly these as the members; who is not among them is out."""
        day = self.day.value()
        if not isinstance(day, date) or day > self._roll.picture.today:
            self.day.set_verdict("wrong")
            self._counted.setText("名单日期不对，应为今天或以前的一天，例如 2026-11-18。")
            self.day.setFocus()
            return
        checks = GroupChecks(self._desk.context.services)
        waiting = checks.open_one(self._group)
        if not self._take_list(day):
            return
        self.left.emit()
        settled = checks.view(waiting.check.id) if waiting is not None else None
        if settled is not None and settled.open_lines:
            self._desk.checking.acts.look(settled)

    def _take_list(self, day: date) -> bool:
        """Take the list as an import of members: nicknames and answers are remembered."""
        wanted = [line for line, row in self._rows.items() if row.answer != NOBODY]
        imports = Imports(self._desk.context.services)
        reading = imports.read_pasted("\n".join(wanted))
        plain = Said(group=group_key(self._group), on=day)
        open_ = imports.plan(reading, plain).plan.of_kind(DISPUTED)
        rows = {line.row: self._said(line.name) for line in open_}
        answers = Answers({row: said for row, said in rows.items() if said}, {}, {})
        preview = imports.plan(reading, replace(plain, answers=answers))
        if preview.plan.problems:
            self._desk.context.messages.error(f"{preview.plan.problems[0].reason}，没有登记。")
            return False
        if not self._agreed(preview):
            return False
        return act(
            self._desk.context, f"{self._group.name}：已登记名单 {len(wanted)} 人",
            lambda: imports.apply(preview, brake_released=True),
        )  # fmt: skip

    def _agreed(self, preview: Preview) -> bool:
        """Ask once more where it looks like another group's list, or does more than a list."""
        brake, notes = preview.plan.brake, [said for _, said in preview.tally["notes"]]
        messages = self._desk.context.messages
        if brake is not None:
            acts = [Choice("再看看", None), Choice("就是全部名单", True, kind="filled")]
            reason = "登记后，不在名单里的人会记为退群。"
            if not messages.ask(brake.sentence, reason, acts=acts):
                return False
        reopens = self._group.state in GONE_STATES
        if not notes or not (reopens or is_older(self._group, preview.issued_on)):
            return True
        word = "登记并重开" if reopens else "补登旧名单"
        acts = [Choice("再看看", None), Choice(word, True, kind="filled")]
        return bool(messages.ask(f"{self._group.name}的名单", "\n".join(notes), acts=acts))

    def _said(self, line: str) -> str:
        """What she said of a line, as the import takes it."""
        answer = self._answers.get(line)
        if isinstance(answer, int):
            return f"#{answer}"
        return outsider_answer(answer.org, answer.brought_by) if isinstance(answer, Told) else ""
