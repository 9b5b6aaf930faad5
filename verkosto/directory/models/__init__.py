from verkosto.directory.models.organisation import Organisation
from verkosto.directory.models.person import Person
from verkosto.directory.models.privacy_notice import PrivacyNotice
from verkosto.directory.models.topic import Topic, TopicLink
from verkosto.directory.models.venue import Venue

__all__ = ["Organisation", "Person", "PrivacyNotice", "Topic", "TopicLink", "Venue"]
