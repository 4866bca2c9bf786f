"""What proves a step of a checklist: every kind of proof with the question it asks."""

from __future__ import annotations

from wxadmin.domain.evidence import Evidence, PersonEvidence
from wxadmin.domain.proof import Proof
from wxadmin.domain.proofs_account import ACCOUNT_JUDGES
from wxadmin.domain.proofs_group import GROUP_JUDGES
from wxadmin.domain.proofs_membership import MEMBERSHIP_JUDGES
from wxadmin.domain.proofs_paper import PAPER_JUDGES

PERSON_JUDGES = {**PAPER_JUDGES, **ACCOUNT_JUDGES, **MEMBERSHIP_JUDGES}


def judge(proof_kind: str, evidence: Evidence) -> Proof | None:
    """Ask the register about a step; None where nothing in it can prove the step."""
    if isinstance(evidence, PersonEvidence):
        ask = PERSON_JUDGES.get(proof_kind)
        return ask(evidence) if ask else None
    ask_group = GROUP_JUDGES.get(proof_kind)
    return ask_group(evidence) if ask_group else None
