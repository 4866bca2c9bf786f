"""附件一（批量）: one form for many; who cannot be opened stays back and the others go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import DRAFT, DRAFTS, FINAL, OPENED, WITHDRAW, WITHDRAWN, Form, FormStep
from wxadmin.domain.form_definition import FormDefinition, form_number, number_series
from wxadmin.domain.person import Employee
from wxadmin.services.account_request import RequestCase
from wxadmin.services.batch_rows import Row, names_of, row_of
from wxadmin.services.form_completion import Completing, Completion
from wxadmin.services.form_effects import Effects
from wxadmin.services.form_facts import NEW_ACCOUNT, Draftee, FormFacts, table_rows, table_text
from wxadmin.services.form_shelf import ACCOUNT_BATCH, ACCOUNT_REQUEST, Shelf
from wxadmin.services.workplace import Workplace

DONE, KEPT_BACK = "已开通", "暂缓"


class BatchForms:
    """Forms for many people at once."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._shelf = Shelf(workplace)

    def draft(self, people: Sequence[Employee], typed: Mapping[str, str] | None = None) -> Form:
        """Draft one form for several people."""
        if not people:
            raise UserError("名单是空的，请先选人。", "nobody")
        facts = FormFacts(self._workplace)
        rows = [row_of(person, facts) for person in people]
        return self._drafted(rows, typed or {}, "")

    def rest(self, number: str) -> Form:
        """Draft a form for those of another who stayed back."""
        old = self._called(number)
        rows = [
            {**row, "result": "", "reason": ""}
            for row in table_rows(old.value("people"))
            if row.get("result") != DONE
        ]
        if not rows or old.opened_on is None:
            raise UserError(f"{old.number}没有留下未办的人。", "nobody")
        keep = ("applicant_id", "applicant_role", "employment_type", "until", "purposes",
                "requested_groups", "account_type", "applicant_org_id")  # fmt: skip
        return self._drafted(rows, {n: v for n, v in old.values if n in keep}, old.number)

    def problems(self, form: Form) -> dict[int, str]:
        """Return what keeps single lines from being carried out, by their place."""
        effects = Completion(self._workplace, self._shelf).plan(
            form, self._store.ids(), self._workplace.today
        )
        rows = table_rows(effects.values["people"])
        return {at: row["reason"] for at, row in enumerate(rows) if row.get("result") == KEPT_BACK}

    def _called(self, number: str) -> Form:
        found = self._store.find(Form, number=number.strip(), form_kind=ACCOUNT_BATCH)
        if not found:
            raise UserError(f"没有编号为“{number}”的批量申请表。", "no_form")
        return found[0]

    def _drafted(self, rows: list[Row], typed: Mapping[str, str], copied_from: str) -> Form:
        ids, day = self._store.ids(), self._workplace.today
        definition = self._shelf.definition(ACCOUNT_BATCH)
        kind = FormFacts(self._workplace).default_type()
        known = {
            "request_kind": NEW_ACCOUNT,
            "applied_on": day.isoformat(),
            "applicant_org_id": _common(rows, "unit"),
            "employment_type": _common(rows, "employment_type"),
            "account_type": kind.name,
            "purposes": kind.usage_scope,
            "admin_mailbox": str(self._workplace.setting("admin_mailbox")),
        }
        values = {**known, **typed, "holder_name": names_of(rows), "people": table_text(rows)}
        pattern = definition.number_pattern
        form = Form(
            ids.next(Form),
            form_number(pattern, day, ids.next(number_series(pattern, day))),
            ACCOUNT_BATCH,
            definition.version,
            DRAFT,
            request_kind=NEW_ACCOUNT,
            values=_ordered(definition, values),
            applied_on=day,
            copied_from=copied_from,
        )
        with self._workplace.act(f"填批量申请表：{form.value('holder_name')}") as operation:
            operation.write([Change(None, form)], ids)
        return form


def _common(rows: Iterable[Row], name: str) -> str:
    """Return what stands in every line, "" where they differ."""
    found = {row.get(name, "") for row in rows}
    return found.pop() if len(found) == 1 else ""


def _ordered(definition: FormDefinition, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((f.name, values[f.name]) for f in definition.fields if values.get(f.name))


@dataclass(slots=True)
class _Batch:
    """A form for many being carried out, line by line."""

    case: Completing
    facts: FormFacts
    definition: FormDefinition
    people: Mapping[str, Employee]
    own: Mapping[int, list[Form]]
    changes: list[AnyChange]
    withdrawn: list[str]

    def carry_out(self, row: Row) -> Row:
        """Open one line's account; a line that cannot be says why and changes nothing."""
        if row.get("result") == DONE:
            return row
        try:
            effects = self._open(row)
        except UserError as refusal:
            return {**row, "result": KEPT_BACK, "reason": refusal.message}
        self.changes += effects.changes
        userid = effects.account.wecom_userid if effects.account is not None else ""
        return {**row, "result": DONE, "reason": "", "userid": userid}

    def _open(self, row: Row) -> Effects:
        person = self.people.get(row.get("emp_no", ""))
        if person is None:
            raise UserError(f"花名册里没有工号{row.get('emp_no') or '（空）'}。", "no_person")
        if row.get("name") and row["name"] != person.name:
            raise UserError(f"工号{person.emp_no}是{person.name}，不是{row['name']}。", "no_person")
        own = self.own.get(person.id, [])
        waiting = next((one.number for one in own if one.state not in DRAFTS), "")
        if waiting:
            raise UserError(f"已有申请表{waiting}在办。", "twin_form")
        form = self.case.form
        kind = self.case.workplace.pack.account_type(form.value("account_type"))
        values = self.facts.values(self.definition, Draftee(person, None, kind), NEW_ACCOUNT)
        values |= {"mobile": row.get("mobile", ""), "purposes": form.value("purposes")}
        values.pop("account_id", None)  # proposed when it is opened, after the lines above it
        if not values["mobile"]:
            raise UserError(f"{person.name}没有手机号码。", "incomplete")
        case = RequestCase(form, values, person, self.case.fields, self.case.ids, self.case.on)
        effects = self.case.requests.plan(case)
        if form.value("until"):
            effects.changes.append(
                self.case.requests.term(case, date.fromisoformat(form.value("until")))
            )
        for draft in own:  # what was drafted for him alone is done by this form
            effects.changes += self._withdraw(draft)
            self.withdrawn.append(draft.number)
        return effects

    def _withdraw(self, draft: Form) -> list[AnyChange]:
        ids, workplace = self.case.ids, self.case.workplace
        last = workplace.store.columns(FormStep, "seq", form_id=draft.id)
        seq = max((int(seq) for (seq,) in last), default=0) + 1
        note = f"由{self.case.form.number}一并办理"
        step = FormStep(
            ids.next(FormStep), draft.id, seq, WITHDRAW, "", workplace.by, self.case.on, note
        )
        return [Change(draft, replace(draft, state=WITHDRAWN, note=note)), Change(None, step)]


def plan_batch(case: Completing) -> Effects:
    """Return what a form for many does: an account for everybody who may have one, the reason for
    each who may not. Raises `UserError` where it is so for all."""
    rows = table_rows(case.form.value("people"))
    store = case.workplace.store
    numbers = {row.get("emp_no", "") for row in rows} - {""}
    known = store.find(Employee, emp_no=numbers) if numbers else []
    batch = _Batch(
        case,
        FormFacts(case.workplace),
        Shelf(case.workplace).definition(ACCOUNT_REQUEST),
        {person.emp_no: person for person in known},
        _own_requests(case, [person.id for person in known]),
        [],
        [],
    )
    done = [batch.carry_out(row) for row in _without_twins(rows)]
    opened = sum(row["result"] == DONE for row in done)
    back = [_kept_back(row) for row in done if row["result"] == KEPT_BACK]
    if rows and not opened:
        raise UserError(
            f"{case.form.number}没有一个人可以开通：{back[0]}", "nobody", tuple(back[1:])
        )
    note = f"共{len(done)}人：开通{opened}人" + (f"，留下{len(back)}人" if back else "")
    if batch.withdrawn:
        note += f"；另撤回为他们单独拟的申请表{len(batch.withdrawn)}张"
    values = {"people": table_text(done), "opened_count": str(opened)}
    return Effects(batch.changes, values=values, notes=(note, *back), kept_back=tuple(back))


def _without_twins(rows: Iterable[Row]) -> list[Row]:
    """Return the lines; who stands in two of them counts once."""
    seen: set[str] = set()
    once = []
    for row in rows:
        if row.get("emp_no", "") not in seen:
            once.append(row)
        seen.add(row.get("emp_no", ""))
    return once


def _kept_back(row: Row) -> str:
    """Say of one line who stays back and why, the name once."""
    name, reason = row.get("name", ""), row["reason"]
    return reason if name and reason.startswith(name) else f"{name}：{reason}"


def _own_requests(case: Completing, people: Sequence[int]) -> dict[int, list[Form]]:
    """Return who has requests of his own for an account, drafted or under way."""
    if not people:
        return {}
    over = FINAL | {OPENED}
    found: dict[int, list[Form]] = {}
    for form in case.workplace.store.find(
        Form, employee_id=set(people), form_kind=ACCOUNT_REQUEST, request_kind=NEW_ACCOUNT
    ):
        if form.employee_id is not None and form.state not in over:
            found.setdefault(form.employee_id, []).append(form)
    return found
