from verkosto.core.trigrams import create_trigram_index
from verkosto.registrations.models.message import Message
from verkosto.registrations.models.registration import Registration


def create_search_indexes(using: str) -> None:
    """Create the indexes of what ``matching`` of these models searches, where the database has such indexes."""
    searched = ("name", "email", "organisation", "reference")
    create_trigram_index(Registration, searched, name="registrations_searched", using=using)
    create_trigram_index(Message, ("recipient", "subject"), name="registrations_message_searched", using=using)
