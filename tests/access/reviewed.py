"""What a reviewer decided about addresses of the access matrix, each with the reason. Keys are those of the table."""

#: Wagtail's own addresses that are not asked for.
NOT_ASKED = {
    "wagtailadmin_error_test": "raises an error on purpose",
    "None admin/test404/": "shows the page of a missing address on purpose",
    "wagtailadmin_logout": "ends the session of whoever asks",
    "account_logout": "likewise",
}

#: Beginnings of names of which only those without rights are asked: for everybody else they answer alike.
ASKED_OF_FEW = {
    "wagtailadmin_workflows:": "Wagtail asks a permission to workflows or tasks, which no role here has",
    "wagtailredirects:": "Wagtail asks a permission to redirects, which no role here has",
    **{
        f"wagtailsearchpromotions:{view}": "Wagtail asks a permission to promotions, which no role here has"
        for view in ("index", "add", "edit", "delete", "search_terms")
    },
    "wagtaillocales:": "Wagtail asks a permission to locales, which no role here has",
    "wagtailsites:": "Wagtail asks a permission to sites, which no role here has",
    "wagtailusers_": "Wagtail asks a permission to users or groups, which no role here has",
    "wagtailsnippets_verkosto_directory_organisation": "the same view set as persons",
    "wagtailsnippets_verkosto_directory_topic": "the same view set as persons",
    "wagtailsnippets_verkosto_directory_venue": "the same view set as persons",
    "wagtailsnippetchoosers_verkosto_directory_organisation": "the same chooser as persons",
    "wagtailsnippetchoosers_verkosto_directory_topic": "the same chooser as persons",
    "wagtailsnippetchoosers_verkosto_directory_venue": "the same chooser as persons",
}
#: The roles without any right.
FEW = {"anon", "acct", "staff"}

#: Addresses that nobody opens here, neither by GET nor by POST.
CLOSED = {
    **{
        f"openid_connect_{name}": "no provider is set up in the tests: tests/verkosto/accounts"
        for name in ("login(provider_id)", "callback(provider_id)", "again", "logout")
    },
    "account_reauthenticate": "nobody here has given a password: tests/verkosto/accounts",
    **{
        f"mfa_{name}": "nobody here has proved a second factor: tests/verkosto/accounts"
        for name in (
            *("authenticate", "reauthenticate", "reauthenticate_webauthn", "activate_totp", "deactivate_totp"),
            *("add_webauthn", "remove_webauthn(pk)", "edit_webauthn(pk)"),
            *("generate_recovery_codes", "download_recovery_codes", "view_recovery_codes"),
        )
    },
    "security_txt": "no contact is set in the tests",
    "metrics": "no token is set in the tests: tests/verkosto/operations/test_metrics.py",
    "wagtailadmin_api:pages:find": "finds nothing without a query",
    "wagtailadmin_api:documents:find": "finds nothing without a query",
    "wagtailadmin_api:images:find": "finds nothing without a query",
    "wagtailadmin_api:pages:action(pk,action_name)": "refuses to delete a page on which people are registered",
    "wagtailadmin_pages:convert_alias(page_id)": "the page is no alias",
    "wagtailadmin_block_preview": "no block of that name",
    "wagtail_localize:edit_string_translation(translation_id,string_segment_id)": "takes PUT and DELETE alone",
    "wagtail_localize:edit_override(translation_id,overridable_segment_id)": "the page has no such segment",
    "wagtail_localize:machine_translate(translation_id)": "no machine translator is set up",
    "wagtail_localize:preview_translation(translation_id,mode)": "a translation has no such preview",
    "verkosto_localisation:local_override(pk,path)": "the page has no local override",
    "wagtailsettings:edit(app_name,model_name)": "no model is registered as a setting",
    "wagtailsettings:edit(app_name,model_name,pk)": "no model is registered as a setting",
    "wagtailsettings:preview_on_edit(app_name,model_name,pk)": "no model is registered as a setting",
    "wagtaildocs:create_multiple_from_uploaded_document(uploaded_file_id)": "nothing is being uploaded",
    "wagtaildocs:delete_upload_multiple(uploaded_file_id)": "nothing is being uploaded",
    "wagtailimages:create_multiple_from_uploaded_image(uploaded_file_id)": "nothing is being uploaded",
    "wagtailimages:delete_upload_multiple(uploaded_file_id)": "nothing is being uploaded",
    "wagtailimages:url_generator(image_id)": "image URLs are not signed here",
    "wagtailimages:url_generator_output(image_id)": "image URLs are not signed here",
    "None admin/^.*/$": "Wagtail's answer to unknown addresses",
    "verkosto_api:unknown_address(rest)": "the API's answer to unknown addresses",
    "verkosto_linked_events:not_found(rest)": "its answer to unknown addresses",
    "verkosto_linked_events:keyword(identifier)": "the id is that of an event",
    **{
        f"verkosto_api:{name}": "needs a token, which no role has: tests/verkosto/api/staff asks with tokens"
        for name in (
            *("list_desks", "get_desk(id)", "registrations(id)"),
            *("registration(id,reference)", "cancel(id,reference)", "check_in(id,reference)"),
        )
    },
    **{
        f"verkosto_api:get_{one}(id)": "the id is that of an event"
        for one in ("series", "venue", "topic", "network", "news_item")
    },
    "verkosto_registrations:manage_unnamed": "names no registration",
    "verkosto_registrations:enter(token)": "an unknown link",
    **{
        f"verkosto_registrations:{name}": "no code was entered: tests/verkosto/registrations/public/test_check_in.py"
        for name in ("check_in(number)", "check_in_code(number)")
    },
    "verkosto_registrations:colleague_enter(token)": "an unknown link",
    **{
        f"verkosto_registrations:{name}(number)": (
            "no link was opened: tests/verkosto/registrations/admin/views/test_desk_invitation.py"
        )
        for name in ("colleague", "colleague_accept", "colleague_account")
    },
    "verkosto_registrations:check_in_enter(token)": "an unknown link",
    "verkosto_registrations:feedback_enter(token)": "an unknown link",
    "verkosto_registrations:feedback(reference)": "no link to the form was opened",
    "verkosto_registrations:invited(code)": "an unknown code",
    "verkosto_registrations:invitation_decline(code)": "an unknown code",
    "verkosto_registrations:calendar_replies(secret)": "an unknown secret: tests/verkosto/registrations/replies",
    "verkosto_registrations:challenge(key)": "no proof of work is asked in the tests",
    "news_feed": "the home page is no list of news: tests/verkosto/core/test_feeds.py",
    "verkosto_networks:enter(token)": "an unknown link",
    "verkosto_subscriptions:enter(token)": "an unknown link",
    "verkosto_subscriptions:confirm(token)": "an unknown link",
    "shared_draft(token)": "an unknown link: tests/verkosto/core/test_draft_links.py",
    "verkosto_networks:membership_calendar(pk)": "no meeting of the network has a day",
    "verkosto_networks:membership_document(pk,document_pk)": "the document belongs to no meeting of the network",
    "verkosto_networks:membership_report(pk,pair_key)": (
        "the member is of a network, not of a round: tests/network_pages/pair_reports asks for rights"
    ),
    "wagtailcore_authenticate_with_password(page_view_restriction_id,page_id)": "no page has a password",
    "wagtailcore_login": "the login page of the admin is used",
}

#: Addresses of Wagtail where staff see titles and names of parts to which they have no right (decision 23).
SHOWS_NAMES = {
    "wagtailadmin_explore(parent_page_id)": "the title of a page among those that the user may change",
    "wagtailadmin_explore_results(parent_page_id)": "the title of a page among those that the user may change",
    "wagtailadmin_choose_page_child(parent_page_id)": "the page chooser: the titles of all pages",
    "wagtailadmin_choose_page_search": "the page chooser: the titles of all pages",
    "wagtailadmin_choose_page_chosen_multiple": "the page chooser: the titles of all pages",
    "wagtailadmin_pages:set_privacy(page_id)": "the names of the groups, to those who may make a page private",
    "wagtailadmin_reports:workflow": "a filter with the names of workflows and users",
    "wagtailadmin_reports:workflow_tasks": "a filter with the names of workflows, tasks and users",
    "wagtailadmin_reports:site_history": "a filter with the names of users",
    "wagtailadmin_reports:page_types_usage": "the title of the page of a type that was changed last",
    "wagtailadmin_reports:page_types_usage_results": "the title of the page of a type that was changed last",
}

#: Tables to which a GET may write: notes that it was made, and files that are made when they are first looked at.
NOTES_OF_GET = {
    "django_session": "messages and the last question that was answered",
    "wagtailcore_modellogentry": "the audit log of who saw personal data",
    "wagtailadmin_editingsession": "Wagtail: who else has this open in the editor",
    "wagtailcore_pagesubscription": "Wagtail: whether an editor wants to hear of comments",
    "wagtailimages_rendition": "Wagtail: an image in another size",
}

#: Tables to which only a GET may write without changing anything.
COUNTS_OF_GET = {
    "verkosto_registrations_ratelimitcount": "how many answers of the API were made for a network address",
}

#: Tables to which the POST of a person without rights may write, by address.
OWN_WRITES = {
    "mfa_login_webauthn": {"verkosto_registrations_ratelimitcount"},
    "openid_connect_login(provider_id)": {"verkosto_registrations_ratelimitcount"},
    "openid_connect_logout": {"verkosto_registrations_ratelimitcount"},
    "wagtailadmin_account": {"wagtailusers_userprofile"},
    "verkosto_registrations:register(key)": {"verkosto_registrations_ratelimitcount"},
}
