import pytest
from django.core.exceptions import ValidationError

from verkosto.core.form_fields import EmailAddressFormField, LineField, LinesField, NameField


@pytest.mark.parametrize(
    ("field", "typed", "cleaned"),
    [
        (LineField(), " a\u2028b\u202e ", "a b"),
        (LineField(required=False), "\u200b", ""),
        (LinesField(), "a\r\n\u202eb\n", "a\nb"),
        (LinesField(required=False), "\u3164\n\u200b", ""),
        (NameField(), "  Ra\u0308sa\u0308nen \u200b Aino ", "Räsänen Aino"),
        (EmailAddressFormField(), "MATTI@ka\u0308se.fi\u200b", "matti@xn--kse-qla.fi"),
        (EmailAddressFormField(required=False), "", ""),
    ],
)
def test_fields_clean_text(field, typed: str, cleaned: str) -> None:
    assert field.clean(typed) == cleaned


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (NameField(), "\u3164", "required"),
        (LineField(), "\u200b\u2063", "required"),
        (LinesField(), "\u2800\n", "required"),
        (NameField(), "Click http://evil.example/win now", "web_address"),
        (NameField(), "www.evil.example", "web_address"),
        (NameField(max_length=5), "Ainola", "max_length"),
        (LineField(), "a\0b", "null_characters_not_allowed"),
        (EmailAddressFormField(), "päivi@example.fi", "invalid"),
        (EmailAddressFormField(), "a@" + "ä" * 64 + ".fi", "invalid"),
        (EmailAddressFormField(), "a@" + "b" * 250 + ".fi", "max_length"),
    ],
)
def test_fields_refuse_text(field, typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    assert code in [error.code for error in refusal.value.error_list]


def test_address_is_shown_again_as_people_write_it() -> None:
    assert EmailAddressFormField().prepare_value("matti@xn--kse-qla.fi") == "matti@käse.fi"
    assert EmailAddressFormField().prepare_value(None) is None
