from modelsearch.conf import get_app_config

from verkosto.core.trigrams import create_trigram_index


def create_search_index(using: str) -> None:
    """Create the index with which `postgresql.PostgresConditions` finds parts of words, where the database has such."""
    entries = get_app_config().get_model("IndexEntry")
    fields = ("body_text", "title_text")
    if all(hasattr(entries, field) for field in fields):
        create_trigram_index(entries, fields, name="verkosto_search_texts", using=using, ignores_case=False)
