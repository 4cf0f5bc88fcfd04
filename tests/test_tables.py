from __future__ import annotations

import builtins
import re
from typing import Any

import pytest
from hypothesis import given, strategies

from aktorkart.errors import MissingExtra
from aktorkart.tables import Column, Table


@pytest.fixture
def table() -> Table:
    return Table(
        columns=(
            Column(key="actor", title="Aktør"),
            Column(key="share", title="Andel", numeric=True, percent=True),
            Column(key="degree", title="Grad", numeric=True, digits=1),
            Column(key="cut", title="Brudd"),
        ),
        rows=(("<NAV> | _x_", 0.25, 2.54, True), ("=1+1", None, 3, False)),
        lang="nb",
    )


def test_text_is_aligned(table: Table) -> None:
    lines = table.to_text().splitlines()
    assert lines[0].split() == ["Aktør", "Andel", "Grad", "Brudd"]
    assert lines[2].split() == ["=1+1", "–", "3", "nei"]


def test_html_is_escaped_and_headed(table: Table) -> None:
    html = table.to_html()
    assert "&lt;NAV&gt;" in html
    assert "<NAV>" not in html
    assert '<th scope="row">' in html
    assert '<td class="number">2,5</td>' in html
    assert table._repr_html_() == html


def test_markdown_is_escaped(table: Table) -> None:
    assert table.to_markdown().splitlines()[2].startswith("| \\<NAV\\> \\| \\_x\\_ | 25")


def test_csv_is_for_the_spreadsheet_of_the_language(table: Table) -> None:
    lines = table.to_csv().splitlines()
    assert lines[0] == "Aktør;Andel;Grad;Brudd"
    assert lines[1] == "<NAV> | _x_;0,25;2,54;ja"
    assert lines[2] == "'=1+1;;3;nei"


def test_records_and_frames_keep_values_and_keys(table: Table) -> None:
    assert table.to_records()[1] == {"actor": "=1+1", "share": None, "degree": 3, "cut": False}
    frame = table.to_frame()
    assert list(frame.columns) == ["actor", "share", "degree", "cut"]
    assert len(frame) == len(table) == 2


def test_a_missing_library_is_said_with_the_command_that_fixes_it(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without_pandas(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pandas)
    with pytest.raises(MissingExtra, match=r"pip install 'aktorkart\[frames\]'"):
        table.to_frame()


def test_excel_keeps_numbers_and_takes_nothing_for_a_formula(table: Table) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    odd = Table(columns=table.columns, rows=(*table.rows, ("a\x07b", 1, 2, None)), lang="nb")
    sheet = load_workbook(BytesIO(odd.to_xlsx())).worksheets[0]
    rows = list(sheet.values)
    assert rows[0] == ("Aktør", "Andel", "Grad", "Brudd")
    assert rows[1] == ("<NAV> | _x_", 0.25, 2.54, "ja")
    assert rows[2] == ("=1+1", None, 3, "nei")
    assert rows[3][0] == "a�b"
    assert sheet.cell(3, 1).data_type == "s"
    assert sheet.cell(2, 2).number_format == "0 %"
    assert sheet.cell(3, 1).quotePrefix
    assert odd.to_xlsx() == odd.to_xlsx()


def test_excel_without_xlsxwriter_is_said_with_the_command_that_fixes_it(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("xlsxwriter"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"aktorkart\[excel\]"):
        table.to_xlsx()


def test_latex_is_escaped_and_needs_no_package(table: Table) -> None:
    lines = table.to_latex().splitlines()
    assert lines[0] == "\\begin{tabular}{lrrl}"
    assert lines[2] == "Aktør & Andel & Grad & Brudd \\\\"
    assert lines[4] == "\\textless{}NAV\\textgreater{} \\textbar{} \\_x\\_ & 25~\\% & 2,5 & ja \\\\"
    assert lines[5] == "=1+1 & -- & 3 & nei \\\\".replace("--", "–")
    assert lines[1] == lines[3] == lines[6] == "\\hline"
    assert lines[7:] == ["\\end{tabular}"]


@given(words=strategies.lists(strategies.text(), min_size=1, max_size=3))
def test_no_text_is_a_command_in_latex(words: list[str]) -> None:
    columns = tuple(Column(key=f"c{n}", title="x") for n, _ in enumerate(words))
    (row,) = Table(columns=columns, rows=(tuple(words),), lang="nb").to_latex().splitlines()[4:-2]
    ours = r"\\(?:text[a-z]+\{\}|char34\{\}|[&%$#_{}]|,)|-\{\}|\{[][*]\}|\$-\$"
    bare = re.sub(ours, "", row.removesuffix(r" \\"))
    assert bare.count("&") == len(words) - 1
    assert not set(bare) & set('\\{}$#%_^"`[]*\n\t')
    assert "--" not in row


def test_long_texts_are_wrapped_in_latex() -> None:
    columns = (Column(key="a", title="a"), Column(key="b", title="b"))
    table = Table(columns=columns, rows=(("x", "ord " * 40),), lang="nb")
    assert table.to_latex().startswith("\\begin{tabular}{lp{0.95\\linewidth}}")
