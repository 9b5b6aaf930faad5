"""Events that other apps may listen to. Each is sent after the commit, so a receiver sees what is stored.

A receiver that raises is logged by Django and stops nobody. Receivers get keyword arguments:

- ``facts_synced``: the live row or the draft of a translation took new facts, or other content without text, from its
  original. ``sender`` the model, ``instance`` the translation, ``original``, ``fields`` the names that changed.
- ``original_changed``: another version of a page or snippet was made the original. ``sender`` the model, ``instance``
  the new original.
- ``text_changed``: the text of an original changed, so its translations may be outdated. ``sender`` TranslationSource,
  ``source``, ``added`` the number of new strings.
- ``translation_outdated``: a translation that was complete lacks text since its original changed; once, until it is
  complete again. ``sender`` TranslationState, ``state`` its row: ``is_page`` and ``object_pk`` (text) name the page or
  snippet in ``locale``, ``title`` is for people. A translation in moderation is outdated when the moderation ends.
"""

from django.dispatch import Signal

facts_synced = Signal()
original_changed = Signal()
text_changed = Signal()
translation_outdated = Signal()
