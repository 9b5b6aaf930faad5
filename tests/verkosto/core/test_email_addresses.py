from time import process_time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from verkosto.core.email_addresses import (
    email_fragment,
    fold_email,
    normalise_email,
    readable_email,
    validate_email_address,
)

INVISIBLE = "\u200b\u2060\u200e\u202c\u00ad\ufeff\u200c\u200d\u3164"
LOCAL = st.text(st.sampled_from("abcXYZ019._+-"), min_size=1, max_size=20)
LABEL = st.text(st.sampled_from("abcABC019äöåÄÖÅßéσς日本م"), min_size=1, max_size=12)
ADDRESS = st.builds(
    lambda local, labels: f"{local}@{'.'.join(labels)}", LOCAL, st.lists(LABEL, min_size=2, max_size=3)
)


def is_valid(address: str) -> bool:
    try:
        validate_email_address(address)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("matti@käse.fi", "matti@xn--kse-qla.fi"),
        ("matti@xn--kse-qla.fi", "matti@xn--kse-qla.fi"),
        ("matti@XN--KSE-QLA.FI", "matti@xn--kse-qla.fi"),
        ("matti@ka\u0308se.fi", "matti@xn--kse-qla.fi"),
        ("MATTI@KÄSE.FI", "matti@xn--kse-qla.fi"),
        ("matti@ｅｘａｍｐｌｅ。fi", "matti@example.fi"),
        (" matti@example.fi\u00a0", "matti@example.fi"),
        ("a@straße.de", "a@xn--strae-oqa.de"),
        ("a@STRASSE.de", "a@strasse.de"),
        # A joiner that belongs to a domain's name stays (RFC 5892, appendix A.1).
        ("a@نامه\u200cای.com", "a@xn--mgba3gch31f060k.com"),
        ("a@exa\u200cmple.fi", "a@example.fi"),
        ("", ""),
        ("nobody", "nobody"),
    ],
)
def test_an_address_has_one_stored_form(typed: str, stored: str) -> None:
    assert normalise_email(typed) == stored


@pytest.mark.parametrize("character", INVISIBLE)
@pytest.mark.parametrize("position", [0, 3, 5, 6, 9, 16])
def test_format_characters_are_no_part_of_an_address(character: str, position: int) -> None:
    address = "matti@example.fi"
    assert normalise_email(address[:position] + character + address[position:]) == address


@pytest.mark.parametrize(
    "address",
    [
        "a@" + "ä" * 64 + ".fi",
        "ſ@example.fi",
        "päivi@example.fi",
        "a@i\u2764.example",
        "a@ä..fi",
        "a@b",
        "@",
        "a b@example.fi",
    ],
)
def test_address_that_cannot_be_encoded_is_refused(address: str) -> None:
    assert not is_valid(normalise_email(address))


@given(st.one_of(ADDRESS, st.text(), st.builds("{}@{}".format, st.text(), st.text())))
def test_normalising_again_changes_nothing(text: str) -> None:
    assert normalise_email(normalise_email(text)) == normalise_email(text)


@given(ADDRESS, st.text(st.sampled_from(INVISIBLE[:6]), max_size=3), st.integers(0, 60))
def test_variants_of_an_address_are_one(address: str, noise: str, position: int) -> None:
    stored = normalise_email(address)
    assert normalise_email(address[:position] + noise + address[position:]) == stored
    if is_valid(stored):
        assert stored.isascii()
        assert stored == stored.lower()
        assert normalise_email(readable_email(stored)) == stored


def test_tags_case_and_spelling_share_a_mailbox() -> None:
    assert fold_email("Victim+0@KÄSE.fi") == fold_email("victim+1+2@xn--kse-qla.fi") == "victim@xn--kse-qla.fi"
    assert fold_email("+tag@example.fi") == "+tag@example.fi"
    assert fold_email("victim@example.fi") != fold_email("victims@example.fi")


def test_address_is_shown_as_people_write_it() -> None:
    assert readable_email("matti@xn--kse-qla.fi") == "matti@käse.fi"
    assert readable_email("matti@xn--nonsense-.fi") == "matti@xn--nonsense-.fi"


@pytest.mark.parametrize(
    ("typed", "fragment"),
    [("Käse", "xn--kse-qla"), ("matti", "matti"), ("matti@", "matti@"), ("MATTI@KÄ", "matti@xn--k-0fa")],
)
def test_part_of_an_address_is_searched_as_it_is_stored(typed: str, fragment: str) -> None:
    assert email_fragment(typed) == fragment


@pytest.mark.parametrize(
    "text", ["@" * 64_000, "a@" * 32_000, "ä" * 64_000, "a@" + "ä." * 32_000, "a\u0301\u0316" * 32_000]
)
def test_hostile_address_of_64_kilobytes_costs_little(text: str) -> None:
    start = process_time()
    normalise_email(text)
    email_fragment(text)
    assert process_time() - start < 0.1


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30))
def test_plain_addresses_are_normalised_as_all_others(text: str) -> None:
    assert normalise_email(text) == normalise_email(f"{text}\u200b")
