"""Made-up desks that show how the parts are put together; for pictures and tests."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter, QPixmap

from ui import style
from ui.desk import Context, Desk
from ui.shared.bands import BrakeBand, Notice
from ui.shared.buttons import filled, ghost, plain, words
from ui.shared.columns import Cell, Changed, Column, Person, State
from ui.shared.counters import Counters
from ui.shared.detail_panel import DetailPanel, Details, Line, Section, footer
from ui.shared.empty_state import EmptyState
from ui.shared.history import Event
from ui.shared.layouts import across, down, region
from ui.shared.paper_preview import PaperPreview
from ui.shared.rows import RowsInMemory
from ui.shared.steps import StepCrumbs, StepsLine
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from ui.shared.text import Text
from ui.shared.toolbar import Toolbar

# ruff: noqa: E501

STATES = [
    ("plus", "待开通"), ("waiting", "待审批"), ("tick", "在用"), ("tick", "在用"), ("tick", "在用"),
    ("due", "未激活"), ("stopped", "已停用"), ("late", "离职未停"),
]  # fmt: skip
NAMES = list(
    map(
        "".join,
        zip(
            "陈郑徐肖郑叶何罗郭郑刘何",
            "佳雅国小永美海俊春文海秀",
            "禾岚桐荷川棠棠川禾桐岚岚",
            strict=True,
        ),
    )
)
ACCOUNTS = [
    {"name": NAMES[n % 12], "userid": f"user{n}", "team": f"包装车间　{n % 4 + 1}班",
     "unit": "莆田一厂", "post": "品控员", "phone": f"138 0595 {6600 + n}",
     "state": State(*STATES[n % 8]), "opened": f"2025-10-{10 + n % 19}"}
    for n in range(312)
]  # fmt: skip


class AccountsExample(Desk):
    """账号: toolbar, table, panel."""

    title = "账号"
    about = "登记每个企业微信账号：谁在用，是什么状态。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_facts("312 个", "在用 298")
        self.header.set_acts(plain("导出", "export"), filled("新建账号", "plus"))
        self.toolbar = Toolbar("姓名、拼音、工号、手机尾号",
                               [("", "全部"), ("on", "在用"), ("late", "离职未停")], unit="人")  # fmt: skip
        self.toolbar.filters.set_counts({"": 312, "on": 298, "late": 3})
        self.table = Table(
            (
                Column("name", "姓名", 76, bold=True),
                Column("userid", "账号", 110, tone="ink2", priority=5),
                Column("dept", "部门", 190, stretch=1,
                       value=lambda row: Cell(row["team"], note=row["unit"])),
                Column("post", "职务", 80, tone="ink2", priority=4),
                Column("phone", "手机号码", 116, tone="ink2"),
                Column("state", "状态", 100, kind="state"),
                Column("opened", "开通日期", 96, tone="ink2", priority=6),
            ),
            name="账号", search_clears=self.toolbar.clear,
        )  # fmt: skip
        self.toolbar.serve(self.table)
        self.put(self.toolbar, self.table)
        self.panel = DetailPanel()
        self.set_side(self.panel, 328)

    def refresh(self) -> None:
        filters = {"on": lambda row: row["state"].word == "在用",
                   "late": lambda row: row["state"].word == "离职未停"}  # fmt: skip
        self.table.show_rows(RowsInMemory(ACCOUNTS, filters=filters))
        self.table.select(4)
        self.panel.show_details(Details(
            "郑永川", "工号 00326", chip=("tick", "在用"), kind="员工号　本人使用",
            facts=[("账号", "zhengyongchuan"), ("手机号码", "138 0595 6604　本人号码"),
                   ("部门", "供应链二区 / 计划与采购部"), ("通讯录", "11-18 导出中一致")],
            sections=[Section("群组", "在 2，应加 1", [
                Line("事业部经理群组", "tick", "职务为副经理"),
                Line("供应链二区物流", "tick", "兼任，至 12-31"),
                Line("莆田一厂", "plus", "应加未加")], link=("为什么在这些群", lambda: None))],
            history=[Event("手机号码 …3307 改为 …6621", "11-18 09:12", "11月花名册 第84行"),
                     Event("职务 采购主管 改为 副经理", "09-01 10:40", "9月花名册"),
                     Event("开通账号 zhengyongchuan", "2024-03-05", "QWSQ-202403-011")],
            history_link=("全部 11 条", lambda: None),
            acts=[plain("停用账号"), plain("变更"), plain("打印附件一", "print")],
            more=[("复制账号", lambda: None)]))  # fmt: skip

    def status_text(self) -> str:
        return "312 个账号，选中 1 个"


class TodayExample(Desk):
    """今日: counters and groups with acts."""

    title = "今日"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_facts("11月20日", "星期五")
        self.header.set_acts(plain("月报一页纸", "print"), filled("导入文件", "import"))
        self.counters = Counters([("late", "late", "逾期"), ("stuck", "stuck", "卡住"),
                                  ("due", "due", "今天到期"), ("week", "empty", "本周")])  # fmt: skip
        self.counters.set_numbers({"late": 3, "stuck": 2, "due": 5, "week": 11})
        self.table = Table(
            (
                Column("who", "对象", 156, value=lambda r: Cell(r["who"], bold=True, mark=r["mark"])),
                Column("what", "事项", 300, stretch=1, value=lambda r: Cell(r["what"], note=r["why"])),
                Column("due", "期限", 90, value=lambda r: Cell(r["due"], tone=r["tone"])),
                Column("act", "", 130, kind="act"),
            ),
            name="要办的事", head=False,
            groups=[GroupHeading("late", "逾期"), GroupHeading("stuck", "卡住", "要先办完别的事"),
                    GroupHeading("due", "今天到期", foldable=True)],
        )  # fmt: skip
        self.put(self.counters, self.table)

    def refresh(self) -> None:
        rows = [
            {"mark": "late", "who": "供应链二区人事", "what": "10月离职清单未交", "why": "应于11月5日前",
             "due": "逾期 15 天", "tone": "red", "act": "复制催办文字"},
            {"mark": "late", "who": "王小荷", "what": "企业微信账号仍可登录", "why": "8月31日离职",
             "due": "逾期 9 天", "tone": "red", "act": "停用账号"},
            {"mark": "stuck", "who": "林国桐", "what": "离职办理：仍是 4 个群的群主",
             "why": "莆田一厂包装、二区计划协同等", "due": "自 11-18", "tone": "ink2", "act": "办理群主转让"},
            {"mark": "due", "who": "徐国桐", "what": "入职办理：拉入 3 个群", "why": "10/13 步",
             "due": "今天", "tone": "amber", "act": "打开办理单"},
        ]  # fmt: skip
        self.table.show_rows(RowsInMemory(rows, group=lambda row: row["mark"]))
        self.table.select(1)

    def status_text(self) -> str:
        return "今天要办 10 件，本周 11 件"


class GridExample(Desk):
    """办理: people down, steps across, one person at the right."""

    title = "办理"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_facts("离职办理", "2026年11月", "8 人，办结 3")
        self.header.set_acts(plain("月度名册"), plain("打印办理单", "print"))
        self.toolbar = Toolbar(None, [("join", "入职办理"), ("move", "调岗办理"), ("leave", "离职办理")],
                               [plain("给选中的人整列打勾", "tick")])  # fmt: skip
        steps = (
            "群主\n转让",
            "管理号\n交接",
            "资料\n存档",
            "客户\n移交",
            "本人\n退群",
            "群主\n清查",
        )
        self.table = Table(
            (Column("who", "姓名", 150, kind="person", value=lambda r: Person(r[0], "11-18 离职")),
             Column("done", "进度", 56, kind="number", value=lambda r: "3/9"),
             *(Column(f"s{n}", step, 57, kind="mark", value=lambda r, n=n: r[1][n])
               for n, step in enumerate(steps))),
            name="离职办理", row_px=38,
        )  # fmt: skip
        self.put(self.toolbar, self.table)
        self.panel = DetailPanel()
        self.set_side(self.panel, 352, under_header=True)

    def refresh(self) -> None:
        kinds = ["stuck", "empty", "tick", "slash", "waiting", "proof", "due", "late", "waived"]
        rows = [(name, [kinds[(n + m) % 9] for m in range(6)]) for n, name in enumerate(NAMES[:8])]
        self.table.show_rows(RowsInMemory(rows, key=lambda r: r[0]))
        self.table.select(NAMES[0])
        self.panel.show_details(Details(
            NAMES[0], "00012　莆田一厂 包装车间 主任",
            notice=Notice("stuck", "还不能办结", "仍是4个群的群主。", [filled("办理群主转让"), words("为什么")]),
            sections=[Section("步骤", lines=[
                Line("群主转让", "stuck", "办完才能办结", "任群主 4 个，其中 3 个已有建议接任人", bold=True),
                Line("群内资料存档", "tick", "11-17　本人", "已办，依据：存档单 2 页扫描件")])],
            acts=[plain("免办（写明原因）"), plain("办结")]))  # fmt: skip


class ImportExample(Desk):
    """导入预览 with the brake and a row opened in place."""

    title = "导入预览"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_facts("莆田一厂人事 · 2026年11月花名册.xlsx · 312 行")
        crumbs = StepCrumbs(["选文件", "对列", "预览", "完成"])
        crumbs.go(2)
        self.header.set_acts(crumbs)
        self.counters = Counters([("plus", "plus", "新增"), ("arrow", "arrow", "变更"),
                                  ("minus", "minus", "离职"), ("ask", "ask", "待确认")])  # fmt: skip
        self.counters.set_numbers({"plus": 4, "arrow": 157, "minus": 11, "ask": 2})
        self.counters.add_right(Text("点“确认导入”前不改动任何数据。", tone="ink2"))
        self.table = Table(
            (
                Column("who", "姓名 / 工号", 158, kind="person", value=lambda r: Person(r[0], r[1])),
                Column("kind", "类别", 112, kind="state", value=lambda r: State(r[2], r[3])),
                Column("change", "改什么（原 → 新）", 300, kind="change", stretch=1, value=lambda r: r[4]),
                Column("then", "会引起", 160, when_struck="已划掉", value=lambda r: r[5]),
            ),
            name="导入预览", checkable=True, strike_unticked=lambda row: row[2] != "ask",
            tickable=lambda row: row[2] != "late",
            groups=[GroupHeading("ask", "待确认", "先定这一行，才能确认"), GroupHeading("late", "问题"),
                    GroupHeading("arrow", "变更"), GroupHeading("plus", "新增")],
        )  # fmt: skip
        brake = BrakeBand("已暂停：本次涉及168人离职或调动，超过20%。",
                          "请看是否选错文件，或部门更名。",
                          [filled("是部门更名：莆田总厂 → 莆田一厂"), plain("换一个文件"),
                           ghost("确实有168人，继续")])  # fmt: skip
        act = filled("确认导入")
        act.block("还差 1 行待确认", "确认导入 15 行")
        self.put(self.counters, brake, self.table)
        self.body.addWidget(footer(ghost("返回对列"), words("导出问题行", "export"), None,
                                   Text("将执行 15 行，一步可撤销", tone="ink2"),
                                   plain("取消"), act))  # fmt: skip
        self.body.setStretch(2, 1)

    def refresh(self) -> None:
        rows = [
            ("张伟川", "第 84 行", "ask", "有2人同名", Cell("手机 …0226", note="请选是哪一位"), ""),
            ("蔡锦桐", "E57", "late", "日期不存在", Cell("入职日期 2024-13-5", note="没有13月"), "不导入"),
            ("谢德桐", "00007", "arrow", "调动",
             Changed("部门", "莆田总厂 / 酿造车间", "莆田一厂 / 酿造车间"), "加 1 群，退 1 群"),
            ("陈佳禾", "00418", "plus", "新增", Cell("莆田一厂 / 综合办公室", note="11-16 入职"), "入职办理"),
            ("何永桐", "00420", "plus", "新增", Cell("莆田一厂 / 门卫"), "入职办理"),
        ]  # fmt: skip
        self.table.show_rows(RowsInMemory(rows, group=lambda row: row[2]))
        self.table.tick([2, 3])
        self.table.open_below([0], lambda key: footer(
            Text("张伟川　00033　酿造车间"), None, plain("是他").slim(), words("都不是")))  # fmt: skip

    def status_text(self) -> str:
        return "读入 312 行，用时 0.4 秒"


class FormsExample(Desk):
    """表单: steps and paper beside a list; empty when asked for."""

    title = "表单"
    side_stays = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_facts("待签回 4，最长 6 天")
        self.header.set_acts(plain("打印空白表"), plain("填新表", "plus"))
        self.put(EmptyState("paper", "这里放附件一和其他要签字的表",
                            "填好、打印、签回、归档，谁还没交回一看就知道。",
                            filled("填第一张附件一", "plus"), words("看示例")))  # fmt: skip
        steps = StepsLine()
        steps.show_steps(
            [("待打印", "11-14"), ("待签回", "已6天"), ("已签回", ""), ("已归档", "")], 1
        )
        preview = PaperPreview()
        preview.show_pages([QSizeF(210, 297)], _page)
        head = region(across(steps, margins=(20, 12, 16, 4)), "content")
        self.set_side(region(down(head, preview, gap=0)), 520, under_header=True)


def _page(number: int, size: QSizeF) -> QPixmap:
    picture = QPixmap(size.toSize())
    picture.fill(style.colour("paper"))
    painter = QPainter(picture)
    painter.setPen(style.colour("paper_ink"))
    painter.drawRect(picture.rect().adjusted(60, 80, -40, -60))
    painter.end()
    return picture
