"""A proposal of learning pairs for a round."""

from django.contrib.auth import get_user_model

from cms.demo.content.pairs import ORGANISATIONS, ROUND
from cms.demo.loader.nodes import stable_key
from network_pages.models import PairPlan
from network_pages.pair_plans.plans import Wanted, start_plan
from network_pages.pair_settings import PairSettings


def make_pair_plan() -> bool:
    """Propose pairs of the round's organisations, unless there is a plan.

    Return whether a plan was made: it belongs to the administrator, without whom there is none.
    """
    key = stable_key(ROUND)
    user = get_user_model().objects.filter(username="admin", is_superuser=True).first()
    if user is None or PairPlan.objects.filter(translation_key=key).exists():
        return False
    wanted = Wanted(settings=PairSettings(), applications=[], entered=ORGANISATIONS)
    start_plan(translation_key=key, wanted=wanted, user=user)
    return True
