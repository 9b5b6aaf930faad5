from tests.verkosto.registrations.admin.conftest import (  # noqa: F401
    admin,
    admin_client,
    desk,
    locales,
    make_desk,
    make_page,
    make_question,
    make_registration,
    make_staff,
)
