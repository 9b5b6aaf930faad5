"""Events in one room that a room which does not know it may follow: both know this one.

- ``translation_becomes_outdated``: a complete translation lacks text since its original changed, in the transaction
  that stores its state: what a receiver writes is stored with it or not at all. Once, until the translation is complete
  again. ``sender`` the model of the states, ``translation_key`` (UUID) and ``locale`` name the version, ``is_page`` says
  whether it is a page.
"""

from django.dispatch import Signal

translation_becomes_outdated = Signal()
