"""What a reviewer decided about forms, each with the reason. Keys are names of addresses."""

#: Beginnings of keys of addresses whose forms are those of another address.
SAME_FORMS = (
    "wagtailsnippets_verkosto_directory_organisation",
    "wagtailsnippets_verkosto_directory_topic",
    "wagtailsnippetchoosers_verkosto_directory_organisation",
    "wagtailsnippetchoosers_verkosto_directory_topic",
    "wagtailsnippetchoosers_verkosto_directory_venue",
)
#: Beginnings of keys of addresses whose forms are Wagtail's own. They take minutes, and are sent with ``FUZZ`` only.
WAGTAILS_OWN = ("wagtail", "bulk auth.", "None ")
#: Endings of names of addresses whose form holds what was saved.
SHOWN_AGAIN = (":edit", ":change", "_change", ":news", ":email_template", "email_template_translation")
#: Fail, lose, or change a text.
FAILED: dict[str, str] = {}
LOST: dict[str, str] = {
    "wagtaildocs:add_multiple": "only a script may send it",
    "wagtailimages:add_multiple": "only a script may send it",
    "pair_plans:save": "the themes, where the page of the round may not be edited: then no button saves",
    "verkosto_registrations_admin:refuse_hand_over": "the reason, where there is no request any more",
}
CHANGED: dict[str, str] = {
    "wagtaildocs:edit": "a text with spaces is several tags",
    "wagtailimages:edit": "a text with spaces is several tags",
}
