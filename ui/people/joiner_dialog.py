"""登记新员工: HR's line pasted, split, looked at; then number, checklist and 附件一 in one act."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui import style
from ui.people.dialogs import checked
from ui.shared.acting import newest, tell
from ui.shared.acting_dialog import ActingDialog, scrolled
from ui.shared.buttons import words
from ui.shared.dialog import Choice
from ui.shared.inputs import Tick
from ui.shared.layouts import across, down, region
from ui.shared.record_form import Field, RecordForm, Verdict, doubtful
from ui.shared.text import Text
from wxadmin.services.joiner import Joined, JoinerLook, Joiners

if TYPE_CHECKING:
    from ui.people.desk import PeopleDesk

WIDTH = 760
HIGHEST = 470
AROUND_FORM = 370
"""Pixels beside the form: what any dialog needs, and the pasted line; only the form scrolls."""
_WAIT = 150
_PASTED = 8  # so many characters at once are no typing
_ASKED = ("name", "emp_no", "org_unit", "position", "mobile", "employment_type", "hire_date",
          "contract_end", "company_email", "region")  # fmt: skip
_HIDDEN = ("id_no", "personal_wechat", "telephone", "superior")


class JoinerDialog(ActingDialog):
    """Paste or type; the right side tells what would come of it. `run_for(desk)` does it all."""

    def __init__(self, desk: PeopleDesk) -> None:
        self._desk = desk
        self.joiners = Joiners(desk.context.services)
        self._rest: dict[str, str] = {}
        self._length = 0
        self.another = False
        self.paste = RecordForm([
            Field("line", "粘贴一行", "lines", lines=2,
                  placeholder="从人事的表或消息里复制一行，粘贴在这里；连表头一起也行"),
        ])  # fmt: skip
        self.form = RecordForm(self._fields(desk))
        self.told = down(gap=8)
        sides = across(self.form, region(down(self.told, None)), gap=24)
        sides.setStretch(0, 3)
        sides.setStretch(1, 2)
        height = min(style.px(HIGHEST), desk.window().height() - style.px(AROUND_FORM))
        body = region(down(self.paste, scrolled(region(sides), height), gap=4))
        super().__init__(
            desk.window(), "登记新员工", body,
            (
                Choice("取消", None),
                Choice("只登记", "person"),
                Choice("登记并起草附件一", "whole", "filled"),
            ),
            lambda answer: self.joiners.register(
                self.fields(), form=answer == "whole", as_new=self.another
            ),
            lambda answer: answer if self.form.accepted() else None,
        )  # fmt: skip
        self.setFixedWidth(min(style.px(WIDTH), desk.window().width() - style.px(40)))
        self._soon = QTimer(self, singleShot=True, interval=_WAIT)
        self._soon.timeout.connect(self.look)
        self.paste.changed.connect(lambda _: self.split())
        self.form.changed.connect(lambda _: self._soon.start())
        self.paste.boxes["line"].input.setFocus()
        self.look()

    def _fields(self, desk: PeopleDesk) -> list[Field]:
        def of(key: str, label: str, kind: str = "text", **more: Any) -> Field:
            return Field(key, label, kind, half=True, check=checked(self.joiners, key), **more)

        kinds = [(kind, kind) for kind in self.joiners.employment_types()]
        return [
            of("name", "姓名", required=True),
            of("emp_no", "工号", hint="不填就先给临时号"),
            of("org_unit", "部门", required=True, placeholder="莆田一厂/包装车间"),
            of("position", "职务"),
            of("mobile", "手机号码", "phone"),
            of("employment_type", "用工类型", "choice", choices=kinds),
            of("hire_date", "入职日期", "date", value=desk.context.services.today),
            of("contract_end", "合同到期", "date", hint="到期自动成为待办"),
            of("company_email", "公司邮箱"),
            of("region", "销售区域", hint="部门里看得出就不用填"),
        ]

    # -- what is typed --------------------------------------------------------------------------

    def split(self) -> None:
        """Fill the fields from the pasted line; what she typed elsewhere stays."""
        line = self.paste.values()["line"]
        grown, self._length = len(line) - self._length, len(line)
        found = self.joiners.split(line)
        if not found:
            return
        self._rest = {key: text for key, text in found.items() if key in _HIDDEN}
        self.form.set_values({key: text for key, text in found.items() if key in _ASKED})
        for key in found.keys() & self.form.boxes.keys():
            self.form.boxes[key].input.left.emit()
        self.look()
        if grown > _PASTED and self.form.accepted():
            self.buttons[-1].setFocus()  # all is there: Enter registers

    def fields(self) -> dict[str, str]:
        """What is typed, as texts; empty fields left out."""
        values = self.form.values()
        texts = {
            key: value.isoformat() if isinstance(value, date) else str(value or "")
            for key, value in values.items()
        }
        return {**self._rest, **{key: text for key, text in texts.items() if text}}

    # -- what would come of it --------------------------------------------------------------------

    def look(self) -> None:
        """Say what would come of the fields: userid, namesakes, groups by rule."""
        self._soon.stop()
        seen = self.joiners.look(self.fields(), as_new=self.another)
        self.another = self.another and seen.returning is not None
        self._tell(seen)
        self._warn(seen)

    def _warn(self, seen: JoinerLook) -> None:
        box = self.form.boxes["name"]
        verdict: Verdict | None = None
        if seen.namesakes:
            who = "；".join(f"{n.emp_no} {n.unit} {n.standing}" for n in seen.namesakes[:2])
            verdict = doubtful(f"已有{len(seen.namesakes)}位{box.input.value()}：{who}。")
        if box.verdict is None or box.verdict.kind != "wrong":
            box.say(verdict)
        for key, made in (("org_unit", seen.new_units), ("position", seen.new_posts)):
            held = self.form.boxes[key]
            if held.verdict is None or held.verdict.kind != "wrong":
                held.say(doubtful(f"登记库里还没有“{made[-1]}”，会新建。") if made else None)
        mobile = self.form.boxes["mobile"]
        if mobile.input.value() and mobile.verdict is None and not seen.problems.get("mobile"):
            same = [n for n in seen.namesakes if n.mobile == mobile.input.value()]
            mobile.say(doubtful("同名同号，可能是同一个人。") if same else None)

    def _tell(self, seen: JoinerLook) -> None:
        from ui.shared.layouts import cleared

        cleared(self.told)
        parts: list[QWidget] = [Text("会这样登记", size=14, bold=True)]
        if not seen.userid:
            parts.append(Text("粘贴或填好姓名和部门，这里就说出账号、各群和要出的单子。",
                              tone="ink2", wrap=True))  # fmt: skip
        else:
            parts += _known(seen, self.another)
            if seen.returning is not None:
                parts.append(self._switch())
            parts.append(_groups(seen.groups))
            parts.append(_fact("办理", "入职办理", "期限按制度"))
            parts.append(_fact("附件一", "起草一张", "已知的都填好"))
        for part in parts:
            self.told.addWidget(part)

    def _switch(self) -> Tick:
        """He looks like a leaver who comes back; she may know that he is somebody else."""
        switch = Tick("另一个人，不是重新入职", self.another)

        def turned() -> None:
            self.another = switch.isChecked()
            self._soon.start()

        switch.edited.connect(turned)
        return switch

    # -- the act ----------------------------------------------------------------------------------

    @classmethod
    def run_for(cls, desk: PeopleDesk) -> Joined | None:
        """Ask, register, say so; the newcomer is then the one shown."""
        before = newest(desk.context)
        dialog = cls(desk)
        if dialog.run() is None:
            return None
        joined: Joined = dialog.outcome
        tell(desk.context, _caption, joined, before)
        desk.open(joined.person.id)
        return joined


def _caption(joined: Joined) -> str:
    form = f"，{joined.form_number}已起草" if joined.form_number else ""
    return f"已登记 {joined.person.name}，入职办理已开始{form}"


def _known(seen: JoinerLook, another: bool) -> list[QWidget]:
    """The userid and, of who comes back, who he was and which groups he was in."""
    before = seen.returning
    if before is not None and another:
        who = _fact(
            "同名", before.person.emp_no, f"{before.left_on} 离职，{before.how}，是另一个人"
        )
        return [who, _fact("账号", seen.userid, "没人用过")]
    if before is None:
        return [_fact("账号", seen.userid, "没人用过")]
    own = "本人原来的" if seen.userid == before.userid else "没人用过"
    told = [
        _fact("原工号", before.person.emp_no, f"{before.left_on} 离职，{before.how}，按重新入职办"),
        _fact("账号", seen.userid, own),
    ]
    if before.groups:
        names = "、".join(dict.fromkeys(group.name for group in before.groups))
        told.append(Text(f"离职时在的群：{names}", size=12, tone="ink2", wrap=True))
    return told


def _fact(label: str, value: str, note: str) -> QWidget:
    line = across(Text(label, tone="ink3"), Text(value, bold=True, selectable=True),
                  Text(note, size=12, tone="ink2"), None, gap=10)  # fmt: skip
    if label == "账号":
        line.addWidget(words("复制", on_click=lambda: QGuiApplication.clipboard().setText(value)))
    line.itemAt(0).widget().setFixedWidth(style.px(48))
    return region(line)


def _groups(groups: tuple[tuple[str, str], ...]) -> QWidget:
    seen: dict[str, str] = dict(groups)  # a chat group and its back-end one bear the same name
    column = down(Text(f"群组　按规则 {len(seen)} 个", tone="ink3"), gap=4)
    for name, sentence in list(seen.items())[:6]:
        column.addWidget(Text(name, bold=True))
        column.addWidget(Text(sentence.partition("：")[2].rstrip("。"), size=12, tone="ink2",
                              wrap=True))  # fmt: skip
    return region(column)
