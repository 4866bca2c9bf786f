"""Drafting a form: what is known filled in, what is typed laid over it, nothing typed lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from wxadmin.domain.account import Account
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import DRAFT, DRAFTS, Form
from wxadmin.domain.form_definition import FormDefinition, form_number, number_series
from wxadmin.domain.group import Group
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import Position
from wxadmin.domain.person import Employee
from wxadmin.services.batch_rows import names_of, rows_of_people
from wxadmin.services.form_facts import (
    NEW_ACCOUNT,
    Draftee,
    FormFacts,
    account_text,
    table_text,
)
from wxadmin.services.form_fields import CHANGE_KINDS, FormFields
from wxadmin.services.form_group_sources import group_values, of_class
from wxadmin.services.form_shelf import ACCOUNT_BATCH, Shelf
from wxadmin.services.people import person_called
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

OPENING_KINDS = frozenset({NEW_ACCOUNT, "多账号", "个人号申报", "私用"})
"""Kinds of request that need no account of their own to begin with."""
COMPARED = {
    "account_name": "name",
    "mobile": "mobile",
    "company_email": "company_email",
    "wechat_id": "wechat_id",
    "permission_level_id": "permission_level",
    "usage_scope": "usage_scope",
    "directory_title": "directory_title",
}
"""Fields of 附件一 and the account's own field that a 变更 writes."""
PERMISSION = "permission_level_id"


class Drafting:
    """Plans drafts for one act or one plan; `units` and `posts` may be those of a plan.

    Drafts planned by the same Drafting know of each other, so no userid is proposed twice.
    """

    def __init__(
        self,
        workplace: Workplace,
        *,
        units: OrgTree | None = None,
        posts: Mapping[int, Position] | None = None,
    ) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self.shelf = Shelf(workplace)
        self.facts = FormFacts(workplace, units=units, posts=posts)

    @cached_property
    def _open(self) -> dict[tuple[str, int | None, int | None], Form]:
        forms = self._store.find(Form, state=DRAFTS)
        return {(f.form_kind, f.employee_id, f.group_id): f for f in forms}

    def plan(
        self,
        kind: str,
        ids: IdSource,
        *,
        person: Employee | None = None,
        group: Group | None = None,
        typed: Mapping[str, str] | None = None,
        on: date | None = None,
    ) -> Change[Form]:
        """Draft a form, or continue the open draft of that kind for the same person or group."""
        definition = self.shelf.definition(kind)
        key = (definition.id, person.id if person else None, group.id if group else None)
        draft = self._open.get(key) if person or group else None
        if draft is None:
            draft = self._fresh(definition, ids, person, group, typed or {}, on)
            self._open[key] = draft
            return Change(None, self.with_values(draft, typed or {}, person))
        after = self.with_values(draft, typed or {}, person)
        return Change(draft, after)

    def plan_for(
        self, person: Employee, ids: IdSource, *, kind: str, typed: Mapping[str, str] | None = None
    ) -> list[AnyChange]:
        """The draft for a person as changes; nothing where an open one stands as it should."""
        change = self.plan(kind, ids, person=person, typed=typed)
        return [change] if change.before != change.after else []

    def _fresh(
        self,
        definition: FormDefinition,
        ids: IdSource,
        person: Employee | None,
        group: Group | None,
        typed: Mapping[str, str],
        on: date | None,
    ) -> Form:
        day = on or self._workplace.today
        number = form_number(
            definition.number_pattern, day, ids.next(number_series(definition.number_pattern, day))
        )
        known: dict[str, str] = {}
        account = None
        request_kind = ""
        if definition.has("request_kind"):
            request_kind = _asked_for(definition, typed)
        if person is not None:
            account = self._account_for(person, request_kind, typed)
            known = self.known(definition, person, account, request_kind, typed)
        else:
            known = {"request_kind": request_kind, "applied_on": day.isoformat()}
            known = {n: v for n, v in known.items() if v and definition.has(n)}
        known = {**group_values(self._workplace, definition, group, person), **known}
        return Form(
            ids.next(Form),
            number,
            definition.id,
            definition.version,
            DRAFT,
            request_kind=request_kind,
            employee_id=person.id if person else None,
            group_id=group.id if group else None,
            account_id=account.id if account else None,
            values=_ordered(definition, known),
            applied_on=day,
        )

    def known(
        self,
        definition: FormDefinition,
        person: Employee,
        account: Account | None,
        request_kind: str,
        typed: Mapping[str, str],
    ) -> dict[str, str]:
        """Return what is known for a form about this person and account."""
        pack = self._workplace.pack
        wanted = typed.get("account_type") or typed.get("账户类型") or ""
        if wanted:
            account_type = pack.account_type(wanted)
        elif account is not None:
            account_type = pack.account_type(account.account_type)
        else:
            account_type = self.facts.default_type()
        values = self.facts.values(definition, Draftee(person, account, account_type), request_kind)
        if account is not None and definition.has("existing_account_id"):
            values |= {
                "existing_account_id": account_text(account),
                "account_id": account.wecom_userid,
                "account_name": account.name,
                "usage_scope": account.usage_scope or values.get("usage_scope", ""),
            }
        return values

    def _account_for(
        self, person: Employee, request_kind: str, typed: Mapping[str, str]
    ) -> Account | None:
        """Return the account a request is about: the one named, else the person's only one."""
        if not request_kind or request_kind in OPENING_KINDS:
            return None
        keeper_of = self.facts.book.checks.keeper_of
        accounts = self.facts.book.checks.accounts.values()
        named = (typed.get("existing_account_id") or "").split()
        if named:
            found = [a for a in accounts if named[0] in (a.account_no, a.wecom_userid)]
            if not found:
                raise UserError(f"没有“{named[0]}”这个账号，请填台账编号。", "no_account")
            return found[0]
        own = [a for a in accounts if a.live and person.id in (a.holder_id, keeper_of(a))]
        if len(own) > 1:
            which = "、".join(account_text(account) for account in own)
            raise UserError(
                f"{person.name}有{len(own)}个账号，请在“已有账号情况”填台账编号：{which}。",
                "ambiguous",
            )
        return own[0] if own else None

    # -- what is typed -------------------------------------------------------------------------
    def with_values(
        self, form: Form, typed: Mapping[str, str], person: Employee | None, *, keep: bool = False
    ) -> Form:
        """Return a draft with typed values laid over it. Raises `UserError` for a bad one.

        With `keep` a bad value is kept as typed: the window shows what is wrong beneath it, and
        the form cannot be submitted with it.
        """
        if not typed:
            return form
        definition = self.shelf.definition_of(form)
        fields = FormFields(self._workplace, definition)
        values = dict(form.values)
        read: dict[str, str] = {}
        for name, text in typed.items():
            field = fields.named(name)
            bad = keep and fields.problem(field, text)
            read[field.name] = text.strip() if bad else fields.read(field, text)
        values |= read
        if "group_class" in read:  # what follows from it, but for what is typed beside it
            values |= {**of_class(self._workplace, definition, values), **read}
        if definition.id == ACCOUNT_BATCH and "people" in read:
            rows = rows_of_people(self._workplace, read["people"])
            values |= {"people": table_text(rows), "holder_name": names_of(rows)}
        if form.employee_id is None and read.get("emp_no"):
            form, person = self._with_person(form, definition, values)
        form = self._linked(form, definition, values, read, person)
        if form.request_kind in CHANGE_KINDS:
            values |= self._differences(form, values, read)
        values = {name: value for name, value in values.items() if value}
        after = replace(form, values=_ordered(definition, values))
        if after.values != form.values and form.printed_on is not None:
            # the sheet is out of date: what is printed next is another one
            after = replace(after, printed_on=None, signed_on=None, sheet=form.sheet + 1)
        return after

    def _with_person(
        self, form: Form, definition: FormDefinition, values: dict[str, str]
    ) -> tuple[Form, Employee]:
        """Link a form that was begun for nobody to the person whose 工号 was typed."""
        person = person_called(self._workplace, values["emp_no"])
        kind = values.get("request_kind", "")
        account = self._account_for(person, kind, values)
        for name, known in self.known(definition, person, account, kind, values).items():
            values.setdefault(name, known)
        account_id = account.id if account else None
        return replace(form, employee_id=person.id, account_id=account_id), person

    def _linked(
        self,
        form: Form,
        definition: FormDefinition,
        values: dict[str, str],
        read: Mapping[str, str],
        person: Employee | None,
    ) -> Form:
        """Return the form with the account its kind of request is about; refills what it knows."""
        kind = values.get("request_kind", "")
        again = {"request_kind", "existing_account_id", "account_type"} & read.keys()
        if person is None or not definition.has("request_kind") or not again:
            return replace(form, request_kind=kind)
        account = self._account_for(person, kind, read)
        if kind != form.request_kind or (account.id if account else None) != form.account_id:
            known = self.known(definition, person, account, kind, {**values, **read})
            values |= {n: v for n, v in known.items() if n not in read and n not in _APPLICANTS}
            if kind != NEW_ACCOUNT and "account_id" not in known:
                values.pop("account_id", None)
        return replace(form, request_kind=kind, account_id=account.id if account else None)

    def _differences(
        self, form: Form, values: Mapping[str, str], read: Mapping[str, str]
    ) -> dict[str, str]:
        """Write 原 and 现 from what differs from the account, unless they were typed."""
        account = self.facts.book.checks.accounts.get(form.account_id or 0)
        if account is None or {"change_from", "change_to"} & read.keys():
            return {}
        definition = self.shelf.definition_of(form)
        before, after = [], []
        for name, attribute in COMPARED.items():
            old, new = str(getattr(account, attribute)), values.get(name, "")
            only_level = form.request_kind != "变更" and name != PERMISSION
            if not new or new == old or only_level or not (old or name in read):
                continue
            label = definition.field_named(name).label
            before.append(f"{label}{old or '无'}")
            after.append(f"{label}{new}")
        if not before:
            return {}
        return {"change_from": "；".join(before), "change_to": "；".join(after)}


_APPLICANTS = frozenset(
    {"applied_on", "applicant_id", "applicant_role", "purposes", "account_type"}
)
"""What stays as it was when the kind of request changes."""


def _asked_for(definition: FormDefinition, typed: Mapping[str, str]) -> str:
    """Return the kind of request typed, or the one a form of that kind starts with."""
    field = definition.field_named("request_kind")
    first = NEW_ACCOUNT if NEW_ACCOUNT in field.choices else next(iter(field.choices), "")
    return typed.get("request_kind") or typed.get(field.label) or first


def _ordered(definition: FormDefinition, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the values in the order of the form's fields."""
    return tuple((f.name, values[f.name]) for f in definition.fields if values.get(f.name))
