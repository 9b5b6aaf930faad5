"""Events that other apps may listen to. Each but the first three is sent after the commit: receivers see what is stored.

A receiver that raises is logged by Django and stops nobody. Receivers get keyword arguments:

- ``registration_confirming``: a registration gets its place, in the same transaction: what a receiver writes is stored
  with it or not at all, and one that raises prevents it. For what must follow from a place. ``sender`` Registration,
  ``registration``.
- ``registration_step``: a step of a registration's history was written, in the same transaction; likewise. ``sender``
  Registration, ``registration`` as it is after the step, ``step`` the StatusChange. For records of what happens.
- ``capacity_changed``: publishing changed the number of a desk's places, in the same transaction; likewise. ``sender``
  Desk, ``desk``, ``before`` the number before, None for no limit.
- ``registration_confirmed``: a registration got its place. ``sender`` Registration, ``registration``.
- ``registration_cancelled``: a registration was cancelled. ``sender`` Registration, ``registration``.
- ``place_freed``: places of a desk or of its waiting list became free; the next on the waiting list may have them
  already. ``sender`` Desk, ``desk``.
- ``event_changed``: a published page changed what registrants planned by (time, place, status). ``sender`` Desk, ``desk``.
"""

from django.dispatch import Signal

registration_confirming = Signal()
registration_step = Signal()
capacity_changed = Signal()
registration_confirmed = Signal()
registration_cancelled = Signal()
place_freed = Signal()
event_changed = Signal()
