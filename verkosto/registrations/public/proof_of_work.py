"""Proof of work: a visitor's browser solves a small computation while the form is filled in (ALTCHA, protocol 2).

People do not notice it; a machine that sends thousands of forms has to compute for each. Challenges are made and
checked here, without a third party. See docs/decisions/0012-proof-of-work.md for what happens to a form without one.
"""

from datetime import timedelta

from altcha import Payload, create_challenge, verify_solution
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from verkosto.registrations import conf
from verkosto.registrations.models import SpentProofOfWork

ALGORITHM = "PBKDF2/SHA-256"
COST = 5_000  # iterations of one attempt; one in 256 attempts succeeds: half a second on a laptop, some on a phone
LIFETIME = timedelta(minutes=20)  # the script asks for another challenge before this is over


def is_asked() -> bool:
    """Return whether this site asks for proofs of work (``REGISTRATION_PROOF_OF_WORK``)."""
    return conf.asks_proof_of_work()


def challenge(purpose: str) -> dict[str, object]:
    """Return a new challenge for one form, as JSON. ``purpose`` is the desk's key or the name of another form."""
    made = create_challenge(
        ALGORITHM,
        COST,
        expires_at=timezone.now() + LIFETIME,
        data={"for": purpose},
        hmac_secret=_secret(),
    )
    return made.to_dict()


def accept(payload: str, purpose: str) -> bool:
    """Return whether a form came with a valid proof for its purpose. The proof is stored: each is accepted once."""
    if not payload or not verify_solution(payload, _secret()).verified:
        return False
    parameters = Payload.from_base64(payload).challenge.parameters
    if parameters.data != {"for": purpose}:
        return False
    try:
        with transaction.atomic():
            SpentProofOfWork.objects.create(nonce=parameters.nonce, expires_at=timezone.now() + LIFETIME)
    except IntegrityError:
        return False
    return True


def delete_expired() -> int:
    """Delete the stored proofs whose challenge has expired and would be refused in any case. Return how many."""
    return SpentProofOfWork.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def _secret() -> bytes:
    return salted_hmac("registrations.proof", "challenge", algorithm="sha256").digest()
