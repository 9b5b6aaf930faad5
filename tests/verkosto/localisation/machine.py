"""A machine translator as wagtail-localize wants one, that needs no network and no key."""

from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue


class Marking(BaseMachineTranslator):
    """Puts a mark before every string but those that it was told not to know."""

    display_name = "Marking"

    def can_translate(self, source_locale, target_locale):
        return target_locale.language_code in self.options["LANGUAGES"]

    def translate(self, source_locale, target_locale, strings):
        unknown = self.options.get("UNKNOWN", ())
        return {s: StringValue(f"machine {s.data}") for s in strings if s.data not in unknown}
