"""What a leaver or mover hands over: his groups, the numbers he keeps, his accounts (C10, I13)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from wxadmin.domain.account import Account, AdminNumber
from wxadmin.domain.account_moves import CLOSE, RECLAIM, account_moves_from
from wxadmin.domain.change import AnyChange, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import BACKEND, BY_ADMIN_NUMBER, OWNER, Group
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_settings import Scope
from wxadmin.domain.successors import suggest
from wxadmin.services.account_book import AccountBook
from wxadmin.services.accounts import Accounts
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_owners import Choice, plan_custody, plan_role
from wxadmin.services.membership_picture import Person, Picture
from wxadmin.services.owner_checks import plan_owner_checks
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

CANCEL, POOL, REASSIGN, SUCCEED = "注销", "回收待分配", "重新分配", "转交接替者"
TO_SOMEBODY = frozenset({REASSIGN, SUCCEED})
NOBODY_FITS = "无合适岗位"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One group to be handed over. `members` is None while nobody has looked into it; `number` is
    the 群管理号 that goes with it; without a `successor` somebody must be chosen."""

    group: Group
    members: int | None
    number: AdminNumber | None
    successor: Person | None
    reason: str

    @property
    def act(self) -> str:
        """Return what to do next: print the hand-over, or choose who takes over."""
        return "print_transfer" if self.successor else "choose_successor"

    @property
    def act_label(self) -> str:
        """Return what that is called."""
        return "打印转让单" if self.successor else "定接任人"


@dataclass(frozen=True, slots=True)
class Fate:
    """One account of a leaver: what may become of it, and what the policy usually does."""

    account: Account
    options: tuple[str, ...]
    usual: str


@dataclass(frozen=True, slots=True)
class GroupMoves:
    """The groups on phones a person is to join, to leave and to stay in, by today's rules.

    Groups nobody has looked into count as to be joined.
    """

    join: tuple[Group, ...]
    leave: tuple[Group, ...]
    keep: tuple[Group, ...]


class Handover:
    """Hands over what somebody answers for; keep one for one screen or one act."""

    def __init__(self, workplace: Workplace, picture: Picture | None = None) -> None:
        self._workplace = workplace
        self._picture = picture or Picture(workplace)
        self._duties = Duties(workplace, self._picture)

    # -- groups -------------------------------------------------------------------------------
    def transfers(self, employee_id: int) -> tuple[Transfer, ...]:
        """Return the groups somebody owns, each with who could take over and why."""
        owned = [
            duty.group
            for duty in self._duties.of_person(employee_id)
            if duty.what == OWNER and duty.group is not None
        ]
        return tuple(self._transfer(employee_id, group) for group in owned)

    def numbers(self, employee_id: int) -> tuple[AdminNumber, ...]:
        """Return the designated numbers somebody keeps."""
        found = {
            duty.admin_number.id: duty.admin_number
            for duty in self._duties.of_person(employee_id)
            if duty.admin_number is not None
        }
        return tuple(sorted(found.values(), key=lambda number: number.seq))

    def group_moves(self, employee_id: int) -> GroupMoves:
        """Return which groups somebody joins, leaves and keeps (入职、调岗、离职)."""
        picture = self._picture
        join: list[Group] = []
        leave: list[Group] = []
        keep: list[Group] = []
        for group in picture.groups.values():
            if group.side == BACKEND:
                continue
            expected = employee_id in picture.expected.get(group.id, ())
            present = employee_id in picture.member_ids(group.id)
            if expected != present:
                (join if expected else leave).append(group)
            elif expected:
                keep.append(group)
        return GroupMoves(tuple(join), tuple(leave), tuple(keep))

    def accept(self, employee_id: int, *, basis: str = "", on: date | None = None) -> int | None:
        """Take every proposal as one act (采用建议): each group goes to its proposed successor."""
        transfers = self.transfers(employee_id)
        if not transfers:
            name = self._picture.person(employee_id).name
            raise UserError(f"{name}已不是任何群的群主，不用转让。", "nothing_owned")
        picks = [(t.group, t.successor.id) for t in transfers if t.successor]
        if not picks:
            raise UserError("没有合适的接任人可以采用，请逐个指定。", "no_suggestion")
        return self.transfer(picks, basis=basis or "离职交接", on=on)

    def transfer(
        self, picks: Sequence[tuple[Group, int]], *, basis: str, on: date | None = None
    ) -> int | None:
        """Give groups to their new owners (employee ids) as one act.

        A group that a 群管理号 owns goes with its number. Refused for who is leaving.
        """
        ids = self._workplace.store.ids()
        changes = self.plan_transfer(picks, ids, basis=basis, on=on)
        title = f"群主转让：{picks[0][0].name}" + (f"等{len(picks)}个群" if len(picks) > 1 else "")
        with self._workplace.act(title) as operation:
            operation.write(changes, ids)
        return operation.id

    def plan_transfer(
        self,
        picks: Sequence[tuple[Group, int]],
        ids: IdSource,
        *,
        basis: str,
        on: date | None = None,
    ) -> list[AnyChange]:
        """Return the changes that give groups to their new owners; writes nothing."""
        day = on or self._workplace.today
        wanted = {person_id for _, person_id in picks}
        people = {p.id: p for p in self._workplace.store.find(Employee, id=wanted)}
        changes: list[AnyChange] = []
        for group, person_id in picks:
            successor = self._checked(people[person_id])
            owner = self._duties.owner(group.id)
            number = self._duties.number_of(group.id)
            if owner.kind == BY_ADMIN_NUMBER and number is not None:
                former = self._duties.custody(number.id)
                changes += plan_custody(number, former, successor, day, basis, ids)
            else:
                role = self._duties.role(group.id)
                changes += plan_role(group, OWNER, Choice(successor), role, day, basis, ids)
        return combined([*changes, *plan_owner_checks(self._workplace, changes, ids, day)])

    def give_number(
        self, number: AdminNumber, to: Employee, *, basis: str, on: date | None = None
    ) -> int | None:
        """Give a 群管理号 (phone and SIM) to another custodian."""
        ids = self._workplace.store.ids()
        former = self._duties.custody(number.id)
        day = on or self._workplace.today
        present = self._duties.numbers[number.id]
        changes = plan_custody(present, former, self._checked(to), day, basis, ids)
        changes += plan_owner_checks(self._workplace, changes, ids, day)
        with self._workplace.act(f"群管理号交接：{number.seq}号 → {to.name}") as operation:
            operation.write(changes, ids)
        return operation.id

    def _transfer(self, employee_id: int, group: Group) -> Transfer:
        picture = self._picture
        owner = self._duties.owner(group.id)
        number = self._duties.number_of(group.id) if owner.kind == BY_ADMIN_NUMBER else None
        ranks = {r.name: r.no for r in picture.pack.ranks if r.is_management}
        leaving = self._duties.leaving
        found = suggest(
            picture.facts[employee_id],
            (f for f in picture.facts.values() if f.id not in leaving),
            ranks,
            picture.unit_names.name,
            picture.expected.get(group.id, set()),
        )
        members = None if group.members_on is None else len(picture.members(group.id))
        if found is None:
            return Transfer(group, members, number, None, NOBODY_FITS)
        return Transfer(group, members, number, picture.person(found.person_id), found.reason)

    def _checked(self, person: Employee) -> Employee:
        """Refuse a successor who has left or is leaving."""
        who = f"{person.emp_no} {person.name}"
        if not person.in_service(self._workplace.today):
            raise UserError(f"{who}不在职，不能接任。请另选接任人，没有改动。", "not_in_service")
        if person.id in self._duties.leaving:
            raise UserError(f"{who}正在办离职，不能接任。请另选接任人，没有改动。", "leaving")
        return person

    # -- accounts -----------------------------------------------------------------------------
    def fates(self, employee_id: int) -> tuple[Fate, ...]:
        """Return a leaver's live accounts with what may become of them."""
        found = []
        for account in self._workplace.store.find(Account, holder_id=employee_id):
            if account.live:
                options = fates_allowed(self._workplace, account)
                found.append(Fate(account, options, usual_fate(self._workplace, account)))
        return tuple(found)

    def dispose(
        self,
        account: Account,
        fate: str,
        *,
        to: Employee | None = None,
        basis: str = "离职",
        on: date | None = None,
    ) -> Account:
        """Decide what becomes of an account: 注销, 回收待分配, 重新分配 or 转交接替者 (C10).

        The last two need who takes it and the paper that says so (I27).
        """
        options = fates_allowed(self._workplace, account)
        if fate not in options:
            raise UserError(
                f"“{fate}”不在制度允许的去向里，可选：{'、'.join(options)}。", "bad_fate"
            )
        accounts = Accounts(self._workplace)
        if fate in TO_SOMEBODY:
            if to is None:
                raise UserError(f"{fate}要写明接收人（工号）。", "no_receiver")
            return accounts.hand_over(account, to, basis=basis, on=on)
        move = CLOSE if fate == CANCEL else RECLAIM
        return accounts.move(account, move, reason=basis, on=on)

    def dispose_usual(self, employee_ids: Collection[int], *, basis: str = "离职") -> int | None:
        """Close or reclaim the accounts of several leavers the usual way, as one act.

        Accounts that usually go to a successor are left alone: somebody must name him.
        """
        ids = self._workplace.store.ids()
        book = AccountBook(self._workplace)
        changes: list[AnyChange] = []
        for employee_id in employee_ids:
            for fate in self.fates(employee_id):
                move = {CANCEL: CLOSE, POOL: RECLAIM}.get(fate.usual)
                if move and move in account_moves_from(fate.account.state):
                    changes += book.plan_move(fate.account, move, ids, reason=basis)
        with self._workplace.act(f"离职账号处理：{len(employee_ids)}人") as operation:
            operation.write(changes, ids)
        return operation.id


def fates_allowed(workplace: Workplace, account: Account) -> tuple[str, ...]:
    """Return what the policy lets become of a leaver's account of that type."""
    value = workplace.setting("leaver_dispositions", Scope(account_type=account.account_type))
    assert isinstance(value, tuple)
    return value or (CANCEL,)


def usual_fate(workplace: Workplace, account: Account) -> str:
    """Return what the policy usually does with a leaver's account of that type."""
    allowed = fates_allowed(workplace, account)
    usual = workplace.pack.account_type(account.account_type).leaver_default
    return usual if usual in allowed else allowed[0]
