"""Three lists laid side by side: HR's roster, the register's accounts, WeCom's address book.

Dictionaries and sets of plain tuples all the way; a `Finding` is made only where they differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set

from wxadmin.domain.account import IN_USE, PENDING, RESTRICTED, SUSPENDED
from wxadmin.domain.reconciliation_finding import (
    FIELD,
    LEFT,
    NO_ACCOUNT,
    NOT_LISTED,
    NOT_MARKED_LISTED,
    NOT_OPENED,
    NOT_REGISTERED,
    SECOND,
    STATE,
    STRANGER,
    SWAPPED,
    TO_CHANGE,
    TO_CLOSE,
    TO_DECIDE,
    TO_OPEN,
    UNSURE,
    Finding,
)
from wxadmin.domain.reconciliation_groups import compare_groups
from wxadmin.domain.reconciliation_values import (
    FIELDS,
    REGISTER,
    SIDES,
    Winners,
    differing,
    same_value,
)
from wxadmin.domain.three_lists import Lists, RegisterSide, WecomSide, status_of, usable
from wxadmin.domain.wecom import DISABLED, DISPUTED

_NAME, _MOBILE = FIELDS.index("name"), FIELDS.index("mobile")
_COMPANY_NUMBER = Winners((SIDES.index(REGISTER),) * len(FIELDS))


def reconcile(lists: Lists, winners: Winners) -> list[Finding]:
    """Return everything that differs, kind by kind."""
    return [
        *_to_open(lists),
        *_to_close(lists),
        *_to_change(lists, winners),
        *_strangers(lists),
        *compare_groups(lists),
    ]


# -- accounts -------------------------------------------------------------------------------------
def _to_open(lists: Lists) -> Iterator[Finding]:
    accounts = lists.accounts
    missing = _without(lists)
    for person_id in _asked_about(lists, missing.keys()):
        del missing[person_id]
    inside = _groups_of(lists, missing.keys())
    before = {now: then for then, now in lists.returned.items()}
    for person_id in sorted(missing):
        account = accounts.get(person_id)
        yield Finding(
            TO_OPEN,
            missing[person_id],
            person_id,
            account.id if account else None,
            register=account.state if account else lists.former_states.get(person_id, ""),
            groups=tuple(inside.get(person_id, ())),
            namesake_id=before.get(person_id),
        )


def _without(lists: Lists) -> dict[int, str]:
    """Who is without an account, or with one that the address book lacks, and which of the two."""
    members: Mapping[int, WecomSide] = lists.members or {}
    accounts = lists.accounts
    missing = dict.fromkeys(lists.wanted - accounts.keys() - members.keys(), NO_ACCOUNT)
    if lists.members is None:
        absent = (lists.wanted & accounts.keys()) - lists.listed
    else:
        absent = (lists.here & accounts.keys()) - members.keys()
    for person_id in absent:
        state = accounts[person_id].state
        if state in {IN_USE, RESTRICTED, PENDING}:
            missing[person_id] = NOT_OPENED if state == PENDING else NOT_LISTED
    return missing


def waiting_for_answers(lists: Lists) -> set[int]:
    """Who seems to be without an account only because nobody said yet who a member is."""
    return _asked_about(lists, _without(lists).keys())


def _asked_about(lists: Lists, missing: Set[int]) -> set[int]:
    """Who a question may be about: by id, by number, by name and department, or by name where
    there are as many questions as missing people of that name."""
    asked = [member for member in lists.strangers if member.match_state == DISPUTED]
    if not asked:
        return set()
    people, accounts = lists.people, lists.accounts
    userids = {member.userid.casefold() for member in asked}
    mobiles = {member.values[_MOBILE] for member in asked} - {""}
    namesakes: dict[str, list[WecomSide]] = {}
    for member in asked:
        namesakes.setdefault(member.values[_NAME], []).append(member)
    found, sought = set(), Counter(people[i][_NAME] for i in missing)
    for i in missing:
        name, unit, *_ = people[i]
        same = namesakes.get(name, ())
        near = any(unit in member.places for member in same)
        known = i in accounts and accounts[i].userid.casefold() in userids
        if known or near or people[i][_MOBILE] in mobiles or 0 < sought[name] <= len(same):
            found.add(i)
    return found


def _groups_of(lists: Lists, people: Set[int]) -> dict[int, list[int]]:
    """Which groups some people are in, by person."""
    found: dict[int, list[int]] = {}
    for group_id, recorded in lists.recorded.items():
        for person_id in people & recorded:
            found.setdefault(person_id, []).append(group_id)
    return found


def _to_close(lists: Lists) -> Iterator[Finding]:
    members: Mapping[int, WecomSide] = lists.members or {}
    left, accounts = lists.left, lists.accounts
    active = {i for i in left.keys() & members.keys() if usable(members[i])}
    for person_id in sorted((left.keys() & accounts.keys()) | active):
        account, member = accounts.get(person_id), members.get(person_id)
        former = lists.former_states.get(person_id, "")
        yield Finding(
            TO_CLOSE,
            LEFT,
            person_id,
            account.id if account else None,
            member.id if member else None,
            hr=left[person_id].isoformat(),
            register=account.state if account else former,
            wecom=status_of(member) if member else "",
            namesake_id=lists.returned.get(person_id),
        )
    for person_id, more in lists.second_members.items():
        for member in more:
            if usable(member):
                gone = person_id in left
                kind, cause = (TO_CLOSE, LEFT) if gone else (TO_DECIDE, SECOND)
                yield Finding(
                    kind, cause, person_id, None, member.id, wecom=member.userid,
                    hr=left[person_id].isoformat() if gone else "",
                )  # fmt: skip


def _to_change(lists: Lists, winners: Winners) -> Iterator[Finding]:
    people, accounts = lists.people, lists.accounts
    members: Mapping[int, WecomSide] = lists.members or {}
    owners: dict[str, int] = {}
    for person_id in lists.here:
        account, member = accounts.get(person_id), members.get(person_id)
        if account is None and member is None:
            continue
        if account is not None and member is not None:
            if (
                account.userid != member.userid
                or account.state != IN_USE
                or not account.listed
                or member.status == DISABLED
            ):
                yield from _bond(person_id, account, member, winners)
        elif account is None and member is not None:
            yield _unregistered(lists, person_id, member)
        hr = people[person_id]
        if (account is None or account.values == hr) and (member is None or member.values == hr):
            continue
        for place in differing(hr, account, member, winners, lists.silent):
            one = _field(lists, person_id, place, winners)
            if one is not None:
                if FIELDS[place] == "mobile" and one.wecom and one.wecom != one.hr:
                    owners = owners or _mobile_owners(lists)
                    one = _maybe_swapped(lists, one, owners)
                yield one


def _field(lists: Lists, person_id: int, place: int, winners: Winners) -> Finding | None:
    """Return one differing field, unless the sides only write the same thing in two ways."""
    hr = lists.people[person_id][place]
    account = lists.accounts.get(person_id)
    member = (lists.members or {}).get(person_id)
    register = account.values[place] if account else ""
    wecom = member.values[place] if member and place not in lists.silent else ""
    name = FIELDS[place]
    if member and name == "org_unit" and any(same_value(name, hr, p) for p in member.places):
        wecom = hr
    if account is not None and account.own_number and place == _MOBILE:
        hr, winners = "", _COMPANY_NUMBER  # HR knows his own number, not the company's SIM card
    sides = (hr, register, wecom)
    right = next((sides[side] for side in winners.order(place) if sides[side]), "")
    blank = bool(member) and not wecom and place not in lists.silent
    off = [value for value in sides if value and not same_value(name, right, value)]
    if not right or not (off or blank):
        return None
    return Finding(
        TO_CHANGE,
        FIELD,
        person_id,
        account.id if account else None,
        member.id if member else None,
        field=name,
        hr=hr,
        register=register,
        wecom=wecom,
        winner=winners.name_of(place, sides),
    )


def _bond(
    person_id: int, account: RegisterSide, member: WecomSide, winners: Winners
) -> Iterator[Finding]:
    """What ties an account to its member: userid, state, and whether it is marked as listed."""
    ids = (person_id, account.id, member.id)
    if account.userid.casefold() != member.userid.casefold():
        yield Finding(
            TO_CHANGE, FIELD, *ids, field="wecom_userid", register=account.userid,
            wecom=member.userid, winner=winners.userid,
        )  # fmt: skip
    can = usable(member)
    odd = (
        account.state in {IN_USE, RESTRICTED} if not can else account.state in {SUSPENDED, PENDING}
    )
    if odd:
        yield Finding(
            TO_CHANGE, STATE, *ids, field="state", register=account.state,
            wecom=status_of(member), winner=winners.state,
        )  # fmt: skip
    elif not account.listed and account.state == IN_USE:
        yield Finding(
            TO_CHANGE, NOT_MARKED_LISTED, *ids, field="in_directory", register="未入通讯录",
            wecom=status_of(member), winner=winners.state,
        )  # fmt: skip


def _unregistered(lists: Lists, person_id: int, member: WecomSide) -> Finding:
    former = lists.former_states.get(person_id, "")
    return Finding(
        TO_CHANGE, NOT_REGISTERED, person_id, None, member.id, field="account",
        register=former, wecom=member.userid,
    )  # fmt: skip


def _mobile_owners(lists: Lists) -> dict[str, int]:
    """Whose number is which, by HR: only asked for once a number differs."""
    people = lists.people.items()
    return {values[_MOBILE]: person_id for person_id, values in people if values[_MOBILE]}


def _maybe_swapped(lists: Lists, one: Finding, owners: Mapping[str, int]) -> Finding:
    """A number that is a namesake's own is no change of number: somebody must look who is who."""
    other = owners.get(one.wecom)
    person_id = one.person_id
    if other is None or person_id is None or other == person_id:
        return one
    decided = lists.members is not None and lists.members[person_id].by_hand
    if decided or lists.people[other][_NAME] != lists.people[person_id][_NAME]:
        return one
    return Finding(
        TO_DECIDE, SWAPPED, one.person_id, one.account_id, one.member_id, field="mobile",
        hr=one.hr, register=one.register, wecom=one.wecom, namesake_id=other,
    )  # fmt: skip


def _strangers(lists: Lists) -> Iterator[Finding]:
    holders = {side.userid.casefold(): i for i, side in lists.accounts.items() if side.userid}
    for member in lists.strangers:
        unsure = member.match_state == DISPUTED
        person_id = holders.get(member.userid.casefold()) if unsure else None
        yield Finding(
            TO_DECIDE if unsure else TO_CLOSE,
            UNSURE if unsure else STRANGER,
            person_id,
            member_id=member.id,
            hr=lists.people[person_id][_MOBILE] if person_id is not None else "",
            register=lists.accounts[person_id].values[_MOBILE] if person_id is not None else "",
            wecom=member.values[_MOBILE] if person_id is not None else status_of(member),
            field="mobile" if person_id is not None else "",
            name=member.values[_NAME],
        )
