"""Which list belongs where: an address book is no roster, and a roster no address book."""

from __future__ import annotations

from wxadmin.domain.errors import UserError
from wxadmin.domain.headings import Vocabulary
from wxadmin.domain.sheet_kind import MEMBERS, WECOM, is_address_book, is_hrs_list
from wxadmin.domain.sheet_table import Table


def refuse_wrong_kind(table: Table, vocabulary: Vocabulary) -> None:
    """Refuse WeCom's address book where a list of HR's was chosen, and the other way round."""
    keys = [key for _, key in table.taken]
    names = (table.sheet, table.file_name)
    if table.kind != WECOM and is_address_book(names, keys, vocabulary):
        meant = "群成员名单" if table.kind == MEMBERS else "人事的名单"
        raise UserError(
            f"《{table.file_name}》是企业微信通讯录，不是{meant}，没有导入；"
            "请改选“企业微信通讯录”。",
            "wrong_kind",
        )
    if table.kind == WECOM and is_hrs_list(keys):
        raise UserError(
            f"《{table.file_name}》是人事的名单，不是企业微信通讯录，没有导入；"
            "请改选“花名册”，或选管理后台导出的通讯录。",
            "wrong_kind",
        )
