"""Mobile numbers as they are read out."""

from __future__ import annotations

import pytest

from wxadmin.domain.phones import spaced_phone, with_spaced_phones, with_whole_phones


def test_a_number_is_read_in_three_groups() -> None:
    assert spaced_phone("13805956621") == "138 0595 6621"
    assert spaced_phone("0594-123") == "0594-123"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("手机号码13805956621已登记在账号ZH-00001", "手机号码138 0595 6621已登记在账号ZH-00001"),
        ("E00001　13805956621\n13805956622", "E00001　138 0595 6621\n138 0595 6622"),
        ("T13805956621", "T13805956621"),
        ("13805956621@example.com", "13805956621@example.com"),
        ("113805956621", "113805956621"),
    ],
)
def test_numbers_inside_a_sentence_are_grouped_and_whole_again(text: str, shown: str) -> None:
    assert with_spaced_phones(text) == shown
    assert with_whole_phones(shown) == text
