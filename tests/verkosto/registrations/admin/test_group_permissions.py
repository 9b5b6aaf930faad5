from django.urls import reverse
from wagtail.models import Page


def test_permissions_are_given_in_the_editor_of_a_group(admin_client, make_page, make_staff):
    page, other = make_page("A"), make_page("B")
    group = make_staff(page, "see", "export").groups.get()
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    assert "desk_access-0-page" in admin_client.get(url).content.decode()
    empty = {
        f"{prefix}-{field}": "0"
        for prefix in (
            "page_permissions",
            "document_permissions",
            "image_permissions",
            "collection_permissions",
            "groupapprovaltask_permissions",
        )
        for field in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    rows = {
        "desk_access-TOTAL_FORMS": "2",
        "desk_access-INITIAL_FORMS": "1",
        "desk_access-0-page": str(page.pk),
        "desk_access-0-DELETE": "on",
        "desk_access-1-page": str(other.pk),
        "desk_access-1-rights": ["change"],
    }
    response = admin_client.post(url, {"name": "registrar", **empty, **rows})
    assert response.status_code == 302
    row = group.desk_access.get()
    assert (row.page, row.can_see, row.can_change, row.can_export) == (
        Page.objects.get(pk=other.pk),
        True,
        True,
        False,
    )
