"""What other apps may listen to."""

from django.dispatch import Signal

# A translation's live row or draft took new facts, or what else needs no words, from its original.
# provides args: instance (the translation), original, fields (names that changed)
facts_projected = Signal()

# Another version of a page or snippet was made its original.
# provides args: instance (the new original)
original_changed = Signal()

# The words of an original changed, so that its translations may be outdated.
# provides args: source (wagtail-localize's TranslationSource), added (number of strings that are new)
words_changed = Signal()
