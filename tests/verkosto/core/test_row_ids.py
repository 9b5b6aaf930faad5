from verkosto.core.row_ids import row_ids


def test_only_numbers_that_databases_hold_are_keys_of_rows() -> None:
    """Fuzz: SQLite failed on ids of thirty digits in bulk actions, selections and choosers."""
    sent = ["7", 8, str(2**63 - 1), str(2**63), "9" * 400, "-1", "1e3", "x", "", "1.0", " 1", "²"]
    assert row_ids(sent) == ["7", "8", "9223372036854775807"]
