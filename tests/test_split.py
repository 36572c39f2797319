from benchmarks.split import held_back, key_of


def test_rows_of_one_host_share_a_side_and_both_sides_get_about_half() -> None:
    assert key_of({"url": "https://www.example.org/a"}) == key_of({"url": "https://example.org/b?x"}) == "example.org"
    assert key_of({"url": "", "id": "7"}) == "7"
    share = sum(held_back(f"host{n}.example") for n in range(1000)) / 1000
    assert 0.45 < share < 0.55
