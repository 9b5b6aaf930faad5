from network_pages.models.member import Member
from network_pages.models.network import NetworkIndexPage, NetworkPage
from network_pages.models.programme import ProgrammePage, ProgrammeRoundPage
from network_pages.models.rows import (
    CommitteeMember,
    LearningPair,
    NetworkHost,
    NetworkMember,
    PairMember,
    RoundParticipant,
    StoryLink,
)
from network_pages.models.small_group import SmallGroupPage

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
