from typing import Any

from wagtail import blocks


class NeutralCharBlock(blocks.CharBlock):
    """A code, number or address: the same in every language, so it is never sent to translators."""

    def get_translatable_segments(self, value: Any) -> list:
        return []

    def restore_translated_segments(self, value: Any, segments: list) -> Any:
        return value
