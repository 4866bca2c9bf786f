"""Mails about a form, drafted for her own mail program: nothing is sent from here."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.account import Account
from wxadmin.domain.form import Form
from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as text: whom it is for, its subject, its body, what to attach."""

    to: str
    subject: str
    body: str
    attachments: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the whole mail for the clipboard."""
        files = f"\n附件：{'、'.join(self.attachments)}" if self.attachments else ""
        return f"收件人：{self.to}\n主题：{self.subject}\n\n{self.body}{files}"


def request_mail(form: Form, title: str, mailbox: str, file_name: str) -> Mail:
    """The mail the applicant sends the signed form with (T0-19: 邮件至管理员邮箱)."""
    name = form.about
    what = f"《{title}》（{name}）"
    if form.request_kind:
        what = f"{_department(form)}{name}申请{form.request_kind}企业微信号，申请表"
    body = f"您好：\n\n{what}已经签批，见附件，请办理。\n\n编号：{form.number}"
    return Mail(mailbox, f"{form.number} {title} {name}", body, (file_name,))


def return_mail(form: Form, reason: str) -> Mail:
    """退回补正: what is wrong, what to do, which number to keep."""
    name = form.about
    word = "申请表" if form.request_kind else "表"
    body = (
        f"您好：\n\n{name}的{word}（{form.number}）需要补正：\n\n{reason}\n\n"
        f"请改正后重新签字发回，编号不变。原表作废，不必另填一张。"
    )
    return Mail(_sender(form), f"退回补正：{form.number} {name}", body)


def opened_mail(form: Form, account: Account, groups: str) -> Mail:
    """已开通: the id, how to log on, which groups follow; never a password."""
    name = form.about
    lines = [
        "您好：",
        "",
        f"{name}的企业微信账号已于{_day(form.opened_on)}开通，并加入通讯录。",
        f"账号：{account.wecom_userid}",
        f"登录手机号码：{account.mobile}",
        "请用本人手机下载企业微信，以上述手机号码登录；密码由本人自行设置，不要告诉他人。",
    ]
    if groups:
        lines.append(f"接下来会由各群管理号拉入：{groups}。入群后请按要求改群昵称。")
    lines += ["", f"申请表编号：{form.number}"]
    return Mail(_sender(form), f"已开通：{form.number} {name}", "\n".join(lines))


def done_mail(form: Form, account: Account | None) -> Mail:
    """已办: for the kinds of request that open nothing."""
    name = form.about
    state = (
        f"账号{account.wecom_userid or account.account_no}现为“{account.state}”。"
        if account
        else ""
    )
    what = f"申请的“{form.request_kind}”" if form.request_kind else f"的表（{form.number}）"
    body = f"您好：\n\n{name}{what}已于{_day(form.opened_on)}办好。{state}"
    return Mail(_sender(form), f"已办：{form.number} {name}", f"{body}\n\n编号：{form.number}")


def _sender(form: Form) -> str:
    return form.received_from or form.value("applicant_id") or form.about


def _department(form: Form) -> str:
    return form.value("unit_id") + " " if form.value("unit_id") else ""


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""
