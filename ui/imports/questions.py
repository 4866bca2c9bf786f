"""The questions of a preview, opened under their rows: who is meant, what became of a unit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.imports.journey import Journey
from ui.imports.kinds import words_of
from ui.imports.preview_rows import Row
from ui.shared.below import Below, Piece, own
from ui.shared.buttons import Button, plain, words
from ui.shared.columns import Run
from ui.shared.inputs import ChoiceInput, LineInput, Tick
from ui.shared.layouts import across, region
from ui.shared.runs_label import RunsLabel
from ui.shared.table_view import TableView
from ui.shared.text import spaced_phone
from wxadmin.domain import import_plan as plans
from wxadmin.domain.import_plan import Candidate, UnitQuestion
from wxadmin.domain.sheet_kind import MEMBERS
from wxadmin.services.import_lines import ShownLine
from wxadmin.services.outsiders import told_of


def below_for(view: TableView, journey: Journey, row: Row, close: Callable[[], None]) -> QWidget:
    """What is shown under a row: its question, or what it sets in motion."""
    if isinstance(row.about, UnitQuestion):
        return _unit_question(view, journey, row.about)
    if isinstance(row.about, tuple):
        return _titles(view, journey, row.about)
    assert isinstance(row.about, ShownLine)
    if row.about.kind == plans.DISPUTED:
        return _question(view, journey, row.about)
    return _effects(view, journey, row.about, close)


def _text(text: str, small: bool = False, likely: bool = False) -> RunsLabel:
    tone = "ink3" if small or likely else "ink"
    return RunsLabel([Run(text, 12 if small or likely else 13, tone=tone)], 24, "sel")


def _act(text: str, do: Callable[[], None], name: str, likely: bool = False) -> Button:
    button = plain(text, on_click=do).slim()
    button.setAccessibleName(name)
    button.setProperty("likely", likely)
    return button


def _link(text: str, do: Callable[[], None], name: str = "") -> Button:
    button = words(text, on_click=do).slim()
    if name:
        button.setAccessibleName(name)
    return button


def _side(*things: QWidget) -> QWidget:
    return own(region(across(*things, gap=8)))


# -- who is meant -----------------------------------------------------------------------------


def _question(view: TableView, journey: Journey, line: ShownLine) -> Below:
    def answer(what: str) -> Callable[[], None]:
        return lambda: journey.answer_row(line.row, what)

    lines: list[list[Piece]] = []
    first = not any(one.likely for one in line.candidates)
    for number, one in enumerate(line.candidates):
        likely = one.likely or (first and number == 0)
        lines.append(_candidate(one, line, answer(one.answer), likely))
    if journey.preview.plan.kind == MEMBERS:
        lines += _of_members(
            journey, line, _link("以后再说", answer(plans.LATER), f"以后再说：{line.name}")
        )
    else:
        lines.append(_last_line(journey, line, answer))
    return Below(view, lines)


def _candidate(
    one: Candidate, line: ShownLine, choose: Callable[[], None], likely: bool
) -> list[Piece]:
    hired = f"{one.hire_date} 入职" if one.hire_date else ""
    note = "　".join(filter(None, (spaced_phone(one.mobile), hired)))
    who = RunsLabel([Run(one.name), Run(one.emp_no, gap=12)], 24, "sel")
    place = "　".join(filter(None, (one.org_unit.replace("/", " / "), one.position)))
    about = RunsLabel([Run(place), Run(note, 12, tone="ink3", gap=12)], 24, "sel")
    word = "改名" if line.other_name else "是他"
    button = _act(word, choose, f"{word}：{one.name} {one.emp_no}", likely)
    marked = _text("较像" if one.likely else "", likely=True)
    return [("who", who), ("kind", marked), ("what", about), ("effect", own(button))]


def _last_line(
    journey: Journey, line: ShownLine, answer: Callable[[str], Callable[[], None]]
) -> list[Piece]:
    name = line.name
    later = _link("以后再说", answer(plans.LATER), f"以后再说：{name}")
    if journey.preview.plan.kind == "leavers":
        if line.candidates:
            return [("what", _text("“是他”之后，这一行按“离职”处理。", True)),
                    ("effect", _side(later))]  # fmt: skip
        later.setProperty("likely", True)
        said = _text("知道工号就填上；不在本单位的，以后再说。", True)
        by_number = _by_number(journey, line)
        return [("who", by_number), ("what", said), ("effect", _side(later))]
    if line.other_name:
        new = _act("换人", answer(plans.NEW_PERSON), f"换人：{name}是新来的")
        said = _text("“改名”是同一个人换了名字；“换人”是号码给了新来的人。", True)
        return [("what", said), ("effect", _side(new, later))]
    spoken = words_of(journey.preview.plan.kind)
    none = _link(spoken.none, answer(plans.NEW_PERSON), f"{spoken.none}：{name}")
    said = _text(spoken.none_means, True)
    return [("what", said), ("effect", _side(none, later))]


def _of_members(journey: Journey, line: ShownLine, later: Button) -> list[list[Piece]]:
    """Nobody of the register: by his number after all, or an outsider with company and bringer."""
    spoken = words_of(journey.preview.plan.kind)
    org, brought_by = LineInput("单位"), LineInput("谁拉入的（可空）")
    org.setAccessibleName(f"{line.name}的单位")
    brought_by.setAccessibleName(f"谁把{line.name}拉入群的")
    org.setFixedWidth(150)
    brought_by.setFixedWidth(150)
    org.set_value(told_of(line.name).org)

    def outside() -> None:
        if org.value():
            journey.answer_row(line.row, plans.outsider_answer(org.value(), brought_by.value()))
        else:
            org.set_verdict("wrong")
            org.setFocus()

    mark = _link(spoken.none, outside, f"{spoken.none}：{line.name}")
    org.returnPressed.connect(outside)
    brought_by.returnPressed.connect(outside)
    who = [] if line.candidates else [("who", _by_number(journey, line))]
    first: list[Piece] = [*who, ("what", _text(spoken.none_means, True)), ("effect", _side(later))]
    return [first, [("who", _side(org)), ("what", _side(brought_by, mark))]]


def _by_number(journey: Journey, line: ShownLine) -> QWidget:
    typed = LineInput("在册人员的工号")
    typed.setAccessibleName(f"{line.name}的在册工号")
    typed.setFixedWidth(150)
    choose = _act("是他", lambda: _typed(journey, line, typed), f"按工号选定 {line.name}")
    typed.returnPressed.connect(choose.click)
    return _side(typed, choose)


def _typed(journey: Journey, line: ShownLine, typed: LineInput) -> None:
    if typed.value():
        journey.answer_row(line.row, typed.value())


# -- units and titles -------------------------------------------------------------------------


def _unit_question(view: TableView, journey: Journey, asked: UnitQuestion) -> Below:
    def answer(what: str) -> Callable[[], None]:
        return lambda: journey.answer_units([asked.old_id], what)

    rename = _act("更名", answer(plans.RENAME), f"更名：{asked.old}", likely=True)
    merge = _act("合并", answer(plans.MERGE), f"合并：{asked.old}")
    moved = _link("真调动", answer(plans.MOVE), f"真调动：{asked.old}")
    said = "更名、合并：不发起调岗办理，群不变，旧名仍可认。真调动：每人都走调岗办理。"
    return Below(view, [[("what", _text(said, True)), ("effect", _side(rename, merge, moved))]])


def _titles(view: TableView, journey: Journey, titles: tuple[str, ...]) -> Below:
    assert journey.plan is not None
    ranks = [(rank, rank) for rank in journey.plan.words.ranks()]
    boxes: dict[str, ChoiceInput] = {}
    lines: list[list[Piece]] = []
    for title in titles:
        box = boxes[title] = ChoiceInput(ranks, "请选职务级别")
        box.setAccessibleName(f"{title}的职务级别")
        box.setFixedWidth(200)
        lines.append([("who", _text(title)), ("what", own(box))])

    def keep() -> None:
        journey.answer_titles({title: box.value() or "" for title, box in boxes.items()})

    said = _text("级别决定进哪些群；定过一次就记住，不再问。", True)
    lines.append([("what", said), ("effect", own(_act("记住", keep, "记住职务级别")))])
    return Below(view, lines)


# -- what follows -----------------------------------------------------------------------------


def _effects(
    view: TableView, journey: Journey, line: ShownLine, close: Callable[[], None]
) -> Below:
    assert journey.plan is not None
    found = journey.plan.words.effects(line.key)
    struck = journey.parts_struck(line.key)
    lines: list[list[Piece]] = []
    for part, text in (("checklist", found.checklist), ("form", "附件一" if found.form else "")):
        if text:
            tick = Tick(f"{'发起' if part == 'checklist' else '起草'}{text}", part not in struck)
            tick.edited.connect(
                lambda part=part, tick=tick: journey.strike_part(
                    line.key, part, not tick.isChecked()
                )
            )
            tick.edited.connect(close)
            lines.append([("what", own(tick))])
    told = (("加入", found.joins), ("退出", found.leaves), ("是群主，要转让", found.owns))
    for word, groups in told:
        if groups:
            lines.append([("kind", _text(word, True)), ("what", _text("、".join(groups)))])
    if line.row in journey.wishes.rows:
        again = _link("重新选", lambda: journey.ask_row_again(line.row), f"重新选：{line.name}")
        lines.append([("what", _text("这一行是您选定的。", True)), ("effect", own(again))])
    if not lines:
        lines.append([("what", _text("只改登记，不引起别的事。", True))])
    return Below(view, lines)
