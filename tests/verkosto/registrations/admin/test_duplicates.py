from verkosto.registrations.admin.duplicates import find_duplicates


def names(groups):
    return [[row.name for row in group] for group in groups]


def test_duplicates_by_name_in_any_order_and_by_mailbox(desk, make_registration):
    make_registration(desk, name="Åke Ängström")
    make_registration(desk, name="Ängström Åke")
    make_registration(desk, name="A. Ake", email="a.virtanen@example.org")
    make_registration(desk, name="Aino Virtanen", email="avirtanen+work@example.org")
    make_registration(desk, name="Aino")
    make_registration(desk, name="Aino")
    make_registration(desk, name="Åke Ängström", status="cancelled")
    assert names(find_duplicates(desk)) == [["Åke Ängström", "Ängström Åke"], ["A. Ake", "Aino Virtanen"]]
