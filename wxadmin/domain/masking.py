"""Hide the middle of a mobile number or of an address, for lists that leave the house."""

from __future__ import annotations

MOBILE_LENGTH = 11


def masked_mobile(text: str) -> str:
    """Return a number with its middle hidden: 138****6621."""
    if len(text) == MOBILE_LENGTH and text.isdigit():
        return f"{text[:3]}****{text[-4:]}"
    return f"{text[:2]}****" if text else ""


def masked_email(text: str) -> str:
    """Return an address with its owner hidden: l***@company.cn."""
    name, at, domain = text.partition("@")
    return f"{name[:1]}***@{domain}" if at else ("***" if text else "")
