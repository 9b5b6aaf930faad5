from network_pages.models.group_plan import GroupPlacement, GroupPlan, ProposedGroup
from network_pages.models.index import NetworkIndexPage
from network_pages.models.learning_pairs import LearningPair, PairMember
from network_pages.models.member_mailing import MemberMailing
from network_pages.models.membership import Membership, MembershipToken
from network_pages.models.network import NetworkPage
from network_pages.models.organisations import CommitteeMember, NetworkHost, NetworkMember, RoundParticipant
from network_pages.models.pair_plan import PairApplicant, PairPlan
from network_pages.models.pair_report import PairReport
from network_pages.models.programme import ProgrammePage
from network_pages.models.programme_round import ProgrammeRoundPage
from network_pages.models.review import Review, RoundReview
from network_pages.models.small_group import SmallGroupPage
from network_pages.models.story_links import StoryLink

__all__ = [
    "CommitteeMember",
    "GroupPlacement",
    "GroupPlan",
    "LearningPair",
    "MemberMailing",
    "Membership",
    "MembershipToken",
    "NetworkHost",
    "NetworkIndexPage",
    "NetworkMember",
    "NetworkPage",
    "PairApplicant",
    "PairMember",
    "PairPlan",
    "PairReport",
    "ProgrammePage",
    "ProgrammeRoundPage",
    "ProposedGroup",
    "Review",
    "RoundParticipant",
    "RoundReview",
    "SmallGroupPage",
    "StoryLink",
]
