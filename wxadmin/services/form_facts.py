"""What is known of a person before anybody types: the values a drafted form starts with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from wxadmin.domain.account import Account
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import ADMIN, MOBILE, OWNER, GroupMember
from wxadmin.domain.identity_numbers import masked
from wxadmin.domain.membership import PersonFacts, expected_members
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import Position, RosterIssue
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_settings import Scope, Value, resolve
from wxadmin.services.account_book import AccountBook
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.domain.policy import AccountType
    from wxadmin.services.group_duties import Duties
    from wxadmin.services.membership_picture import Picture

YES, NO = "是", "否"
ID_CARD = "身份证"
NEW_ACCOUNT = "新增"
OWN_PEOPLE = "本部"


def person_text(person: Employee) -> str:
    """Write a person so that he is found again and reads well on paper: 林国栋（00012）."""
    return f"{person.name}（{person.emp_no}）"


@dataclass(frozen=True, slots=True)
class Draftee:
    """The person a form is drafted for, perhaps only in a plan, and the account it is about."""

    person: Employee
    account: Account | None
    account_type: AccountType


class FormFacts:
    """Fills forms with what is known. `units` and `posts` may be those of a plan."""

    def __init__(
        self,
        workplace: Workplace,
        *,
        units: OrgTree | None = None,
        posts: Mapping[int, Position] | None = None,
    ) -> None:
        self.workplace = workplace
        self._store = workplace.store
        self._units = units or workplace.units()
        self._posts = posts or workplace.positions()

    @cached_property
    def book(self) -> AccountBook:
        """Return the accounts as they stand, with the ids that are free."""
        return AccountBook(self.workplace)

    @cached_property
    def _picture(self) -> Picture:
        from wxadmin.services.membership_picture import Picture

        return Picture(self.workplace)

    @cached_property
    def _duties(self) -> Duties:
        from wxadmin.services.group_duties import Duties

        return Duties(self.workplace, self._picture)

    def setting(self, key: str, account_type: str = "") -> Value:
        """Return a setting in force, asking the register once however many are drafted."""
        scope = Scope(account_type=account_type)
        return resolve(key, scope, self._overrides, self.workplace.pack).value

    @cached_property
    def _overrides(self) -> dict[tuple[str, str], str]:
        return self.workplace.overrides()

    def default_type(self) -> AccountType:
        """Return the type an ordinary applicant gets: the pack's first personal one."""
        types = self.workplace.pack.account_types
        return next((t for t in types if t.counts_as_personal), types[0])

    def values(
        self, definition: FormDefinition, draftee: Draftee, request_kind: str = ""
    ) -> dict[str, str]:
        """Return what is known for every field that says where its value comes from."""
        found: dict[str, str] = {}
        from wxadmin.services.form_sources import SOURCES

        for field in definition.fields:
            fill = SOURCES.get(field.source)
            if fill is not None:
                found[field.name] = fill(self, draftee)
        if definition.has("request_kind"):
            found["request_kind"] = request_kind or NEW_ACCOUNT
        if definition.has("purposes"):
            found["purposes"] = draftee.account_type.usage_scope
        if definition.has("account_id") and found.get("request_kind") == NEW_ACCOUNT:
            found["account_id"] = self.book.checks.userids.propose(draftee.person)
        return {name: value for name, value in found.items() if value}

    # -- the person -----------------------------------------------------------------------------
    def _unit_and_department(self, draftee: Draftee) -> tuple[str, str]:
        """Split the department path at the unit the policy speaks of (莆田一厂 | 生产部/一班)."""
        names = self._units.names(draftee.person.org_unit_id)
        if not names:
            return "", ""
        in_scope = {unit.name for unit in self.workplace.pack.units if unit.in_scope}
        at = max(
            (i for i, name in enumerate(names) if name in in_scope), default=len(names[:2]) - 1
        )
        return names[at], "/".join(names[at + 1 :])

    def unit(self, draftee: Draftee) -> str:
        """Return the unit (单位)."""
        return self._unit_and_department(draftee)[0]

    def department(self, draftee: Draftee) -> str:
        """Return the department below the unit; for the unit's own people 本部."""
        unit, department = self._unit_and_department(draftee)
        return department or (OWN_PEOPLE if unit else "")

    def whole_department(self, draftee: Draftee) -> str:
        """Return unit and department in one: 莆田一厂/酿造车间."""
        return "/".join(part for part in self._unit_and_department(draftee) if part)

    def _post(self, draftee: Draftee) -> Position | None:
        return self._posts.get(draftee.person.position_id or 0)

    def position(self, draftee: Draftee) -> str:
        """Return the post."""
        post = self._post(draftee)
        return post.name if post else ""

    def rank(self, draftee: Draftee) -> str:
        """Return the rank the post counts as."""
        post = self._post(draftee)
        return post.rank if post else ""

    def hidden_id(self, draftee: Draftee) -> str:
        """Return the number of the identity card with most of it hidden."""
        number = draftee.person.id_no
        return masked(number) if number else ""

    def roster(self, draftee: Draftee) -> str:
        """Name the newest roster of the person's HR source."""
        source = draftee.person.hr_source_id
        issues = [i for i in self._rosters if source is not None and i.hr_source_id == source]
        newest = max(issues, key=lambda issue: (issue.issued_on, issue.id), default=None)
        return f"{newest.title}（{newest.issued_on}）" if newest else ""

    @cached_property
    def _rosters(self) -> list[RosterIssue]:
        return self._store.all(RosterIssue)

    # -- accounts and groups ----------------------------------------------------------------------
    def accounts_of(self, draftee: Draftee) -> list[Account]:
        """Return the person's live accounts."""
        return self.book.checks.held_by(draftee.person.id)

    def existing(self, draftee: Draftee) -> str:
        """Say which accounts the person has."""
        texts = [account_text(account) for account in self.accounts_of(draftee)]
        return "；".join(texts) or "无"

    def needs_company_number(self, draftee: Draftee) -> str:
        """Say whether the number belongs to the company: where the type asks for such a one."""
        if draftee.account is not None:
            return yes_or_no(draftee.account.mobile_is_company)
        required = self.setting("required_identifiers", draftee.account_type.id)
        return yes_or_no(isinstance(required, tuple) and "公司提供号码" in required)

    def groups(self, draftee: Draftee) -> str:
        """Name the chat groups the rules expect the person in, to be struck out on paper."""
        person = draftee.person
        facts = PersonFacts(
            person.id,
            self._units.path(person.org_unit_id),
            self.position(draftee),
            self.rank(draftee),
            person.region,
            person.tags,
            person.employment_type,
        )
        if person.id in self._picture.facts:
            facts = self._with_posts(facts)
        expected = expected_members(self._picture.book, [facts])
        groups = [self._picture.groups[g] for g, members in expected.items() if members]
        chats = sorted((g for g in groups if g.side == MOBILE), key=lambda g: g.sort_no)
        return "、".join(group.name for group in chats)

    def _with_posts(self, facts: PersonFacts) -> PersonFacts:
        return replace(facts, other_posts=self._picture.facts[facts.id].other_posts)

    def nickname(self, draftee: Draftee) -> str:
        """Fill the template of group nicknames."""
        template = str(self.setting("nickname_template"))
        names = self._units.names(draftee.person.org_unit_id)
        words = {
            "部门简称": names[-1] if names else "",
            "部门": names[-1] if names else "",
            "科室": names[-1] if names else "",
            "岗位": self.position(draftee),
            "姓名": draftee.person.name,
        }
        for word, value in words.items():
            template = template.replace(f"{{{word}}}", value)
        return template

    # -- what a leaver hands over -----------------------------------------------------------------
    def accounts_table(self, draftee: Draftee) -> str:
        """List the person's accounts with what the type proposes for them (注销, 转交接替者)."""
        rows = [
            {
                "account_no": account.account_no,
                "account": account.wecom_userid or account.name,
                "mobile": account.mobile,
                "type": self.book.checks.type_of(account).name,
                "wechat": account.wechat_id,
                "email": account.company_email,
                "level": account.permission_level,
                "action": disposition(self.book.checks.type_of(account).leaver_default),
                "receiver": "",
            }
            for account in self._kept_accounts(draftee.person.id)
        ]
        return table_text(rows)

    def _kept_accounts(self, employee_id: int) -> list[Account]:
        keeper_of = self.book.checks.keeper_of
        accounts = self.book.checks.accounts.values()
        return [a for a in accounts if a.live and keeper_of(a) == employee_id]

    def owned_table(self, draftee: Draftee) -> str:
        """List the groups the person owns or administers."""
        duties = self._duties.of_person(draftee.person.id)
        return table_text(
            [
                {"group": d.group.name, "role": d.what}
                for d in duties
                if d.group and d.what in (OWNER, ADMIN)
            ]
        )

    def numbers_table(self, draftee: Draftee) -> str:
        """List the designated numbers the person keeps."""
        duties = self._duties.of_person(draftee.person.id)
        numbers = {d.admin_number.seq: d.admin_number for d in duties if d.admin_number}
        return table_text(
            [{"seq": f"{n.seq}号", "mobile": n.mobile or f"{n.seq}号"} for n in numbers.values()]
        )

    def group_count(self, draftee: Draftee) -> str:
        """Count the groups the person is really in."""
        found = self._store.find(GroupMember, employee_id=draftee.person.id, left_on=None)
        return str(len(found))


def account_text(account: Account) -> str:
    """Write an account so that it is found again: ZH-00001 zhangsan（在用）."""
    return f"{account.account_no} {account.wecom_userid or account.name}（{account.state}）"


def disposition(proposed: str) -> str:
    """Return what the hand-over slip calls a disposition of the pack: 注销 回收 转交."""
    return {"注销": "注销", "回收待分配": "回收"}.get(proposed, "转交")


def table_text(rows: list[dict[str, str]]) -> str:
    """Keep the rows of a list in a form's field."""
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def table_rows(text: str) -> list[dict[str, str]]:
    """Read the rows of a list back; anything else is no list."""
    try:
        rows = json.loads(text) if text.startswith("[") else []
    except json.JSONDecodeError:
        return []
    return [{str(k): str(v) for k, v in row.items()} for row in rows if isinstance(row, dict)]


def yes_or_no(holds: bool) -> str:
    """Write a yes or no as a form keeps it."""
    return YES if holds else NO
