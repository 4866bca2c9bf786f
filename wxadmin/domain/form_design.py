"""What an office may change of a form without a text editor (设置 › 表单样式)."""

from __future__ import annotations

from wxadmin.domain.form_definition import FieldType
from wxadmin.domain.frozen import dataclass

OWN_FIELD = "own_"
"""Names of fields and rows the office added begin so."""
EXTRA_TYPES = {
    FieldType.TEXT: "文字",
    FieldType.LONG_TEXT: "长文字",
    FieldType.DATE: "日期",
    FieldType.CHOICE: "打勾选一项",
    FieldType.BOOL: "是或否",
}
"""What an added field may be, in words."""


@dataclass(frozen=True, slots=True)
class RowDesign:
    """A row of the sheet; `lines` counts the lines of a list, 0 for a row of cells."""

    id: str
    labels: tuple[str, ...]
    height: float
    printed: bool = True
    lines: int = 0
    is_opinion: bool = False
    when: str = ""  # printed only where the policy wants it
    words: str = ""  # what stands in its first cell, where no cell is a label

    @property
    def name(self) -> str:
        """What the row is called in a list of rows."""
        return "、".join(bare(label) for label in self.labels) or bare(self.words) or self.id


@dataclass(frozen=True, slots=True)
class ExtraField:
    """A field the office added; it stands in a row of its own."""

    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Design:
    """How one kind of form looks and what it asks besides; lengths in mm."""

    title: str
    number: str
    mark: str = ""
    letterhead: str = ""
    control_no: str = ""
    logo: str = ""
    copies: int = 1
    margins: tuple[float, float, float, float] = (18.0, 12.0, 15.0, 25.0)  # top right bottom left
    qr_size: float = 13.0
    strike_blank: bool = False
    approvers: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    rows: tuple[RowDesign, ...] = ()
    extras: tuple[ExtraField, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnDesign:
    """A column of a register, `width` in mm."""

    label: str
    width: float
    printed: bool = True


@dataclass(frozen=True, slots=True)
class RegisterDesign:
    """How a register (台账) looks; lengths in mm, `body_pt` in points."""

    title: str
    control_no: str = ""
    margins: tuple[float, float, float, float] = (15.0, 12.0, 10.0, 18.0)  # top right bottom left
    body_pt: float = 9.0
    signers: tuple[str, ...] = ()
    columns: tuple[ColumnDesign, ...] = ()


def bare(label: str) -> str:
    """Return a label without the blanks and line ends that only spread it on paper."""
    return "".join(label.split())
