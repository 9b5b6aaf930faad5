from wagtail import blocks


class NeutralCharBlock(blocks.CharBlock):
    """Text that is the same in every language, such as a code or a phone number. It is not sent to translators."""

    def get_translatable_segments(self, value: object) -> list:
        return []

    def restore_translated_segments(self, value: object, segments: list) -> object:
        return value
