from .organisation import Organisation
from .person import Person
from .privacy import PrivacyNotice
from .topic import Topic, TopicLink
from .venue import Venue

__all__ = ["Organisation", "Person", "PrivacyNotice", "Topic", "TopicLink", "Venue"]
