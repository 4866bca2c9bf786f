"""Play a whole month of the sample office into a folder."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction
from contextlib import closing
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.services.demo import Demo
from wxadmin.verbs.call import Call, Outcome

HELP = "演示：示例办公室的一整个月，表单、清单、通知单、台账都放进一个文件夹"
REGISTER = "示例登记库.db"
PICTURES = "9 界面图片"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    parser.add_argument(
        "--pictures", action=BooleanOptionalAction, default=True, help="各页的界面图片"
    )


def run(call: Call) -> Outcome:
    """Play the month on a register of its own in the folder; the user's is not touched."""
    folder: Path = call.words.out
    register = folder / REGISTER
    if register.exists():
        raise UserError(f"{register} 已经存在，没有开始演示。请换一个空文件夹。", "already_exists")
    printing = call.printing()
    printing.ensure_application()  # its fonts need one before anything is measured
    with closing(call.create(str(register))) as workplace:
        diary = Demo(workplace, folder, printing).play()
    if call.words.pictures and call.pictures is not None:
        made = call.pictures(str(register), folder / PICTURES, call.today())
        diary.made(f"各页的界面图片 {len(made)} 张。", *made)
    lines = [*diary.lines, f"演示完成：{folder} 里共 {len(diary.files)} 个文件。"]
    return Outcome({"files": diary.files, "steps": diary.lines}, lines)
