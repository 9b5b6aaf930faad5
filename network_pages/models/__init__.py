from .member import Member
from .network import NetworkIndexPage, NetworkPage
from .programme import ProgrammePage, ProgrammeRoundPage
from .rows import CommitteeMember, LearningPair, NetworkHost, NetworkMember, PairMember, RoundParticipant, StoryLink
from .small_group import SmallGroupPage

__all__ = [
    "CommitteeMember",
    "LearningPair",
    "Member",
    "NetworkHost",
    "NetworkIndexPage",
    "NetworkMember",
    "NetworkPage",
    "PairMember",
    "ProgrammePage",
    "ProgrammeRoundPage",
    "RoundParticipant",
    "SmallGroupPage",
    "StoryLink",
]
