from pathlib import Path

import pytest

from crm_store.imports.reading import Record, UnknownFormat, Unreadable, records

pytestmark = pytest.mark.unit


def test_a_spreadsheet_with_semicolons_and_a_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "customers.CSV"
    file.write_text("\ufeffnumber;given_name\nC-1;Ana\n", encoding="utf-8")

    assert list(records(file)) == [Record(2, None, {"number": "C-1", "given_name": "Ana"})]


def test_order_lines_in_a_spreadsheet_are_json(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text('number,lines\nA-1,"[{""sku"": ""X""}]"\nA-2,[\n', encoding="utf-8")

    good, bad = records(file)

    assert isinstance(good, Record)
    assert good.content["lines"] == [{"sku": "X"}]
    assert isinstance(bad, Unreadable)


def test_a_row_longer_than_its_head_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("number,given_name\nC-1,Ana,more\n", encoding="utf-8")

    assert list(records(file)) == [Unreadable(2, "more values than there are columns")]


def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    file = tmp_path / "products.jsonl"
    file.write_text('{"sku": 1}\n\n{"sku"\n{"sku": 2}\n', encoding="utf-8")

    assert [(r.line, isinstance(r, Record)) for r in records(file)] == [
        (1, True),
        (3, False),
        (4, True),
    ]


@pytest.mark.parametrize("text", ['{"a": {"x": 1}}', '[{"x": 1}]'])
def test_one_document_is_a_list_or_an_object_of_records(tmp_path: Path, text: str) -> None:
    file = tmp_path / "products.json"
    file.write_text(text, encoding="utf-8")

    (found,) = records(file)

    assert isinstance(found, Record)
    assert found.content == {"x": 1}
    assert found.key == ("a" if text.startswith("{") else None)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b""), ("a", b""), ("a.json", b"{"), ("a.json", b"3"), ("a.csv", b"n\xe4me\n")],
)
def test_what_cannot_be_read_is_said_at_once(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(UnknownFormat):
        list(records(tmp_path / name))
