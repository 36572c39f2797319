from cleaner.script import fold, simplify


def test_folding_keeps_the_length() -> None:
    text = "來源：鄉村干部報　微信公眾號ABC縣"
    assert fold(text) == "来源:乡村干部报 微信公众号ABC县"
    assert len(fold(text)) == len(simplify(text)) == len(text)
