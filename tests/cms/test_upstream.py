"""The private API that `cms.upstream` uses: these tests fail when Django moves it."""

import gettext
import inspect

from django.utils.translation import gettext as translate
from django.utils.translation import override, trans_real

from cms import upstream


def test_django_still_has_the_method_that_is_replaced() -> None:
    assert trans_real.DjangoTranslation._add_fallback is upstream._add_fallback
    assert "self._add_fallback(" in inspect.getsource(trans_real.DjangoTranslation.__init__), (
        "DjangoTranslation no longer adds its fallback with _add_fallback"
    )


def test_django_still_keeps_the_language_of_a_translation() -> None:
    assert trans_real.translation("sv")._DjangoTranslation__language == "sv", (
        "DjangoTranslation no longer keeps its language in __language"
    )


def test_untranslated_strings_are_in_english_not_in_the_default_language() -> None:
    with override("sv"):
        assert translate("A string that no catalogue has.") == "A string that no catalogue has."
    swedish = trans_real.translation("sv")
    fallback = swedish._fallback
    assert isinstance(fallback, gettext.NullTranslations)
    assert getattr(fallback, "_DjangoTranslation__language", "en") == "en"
