from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnmath import read_csv
from nnmath.files import points


def written(path: Path, content: str | bytes) -> Path:
    file = path / "points.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_reads_as_it_was_written(tmp_path: Path, delimiter: str, mark: str, end: str) -> None:
    lines = ["label,note,x2,x1", "1,a,2.5,-1e-3", "", '0,"b", 4 ,3', "1.0,,0,7"]
    dataset = read_csv(written(tmp_path, mark + end.join(lines).replace(",", delimiter) + end))
    assert dataset.points.tolist() == [[-0.001, 2.5], [3, 4], [7, 0]]
    assert dataset.labels.tolist() == [1, 0, 1]
    assert dataset.name.endswith("points.csv")


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_blank_lines_may_come_before_the_names(tmp_path: Path, delimiter: str) -> None:
    text = "\ufeff\n  \r\nx1,x2,label\n1,2,0\n\n3,4,1".replace(",", delimiter)
    assert read_csv(written(tmp_path, text)).points.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "text",
    [
        ",x1,x2,label\n0,1.5,-2.0,0.0\n1,3e1,.25,1.0\n",  # an index column, as pandas writes it
        "X1;X2;Label\r\n1,5;-2;0\r\n30;0,25;1\r\n",  # a spreadsheet with decimal commas
        "Label\tX2\tX1\n0\t-2\t1.5\n1\t0.25\t+3.0E+01\n",
        "# x1,x2,label\n1.500000000000000000e+00,-2.0e+00,0.0\n3.0e+01,2.5e-01,1.0\n",  # numpy.savetxt
        '"x1","x2","label"\n"1.5","-2","0"\n"30","0.25","1"\n',
    ],
)
def test_tables_of_other_programs_are_read(tmp_path: Path, text: str) -> None:
    dataset = read_csv(written(tmp_path, text))
    assert dataset.points.tolist() == [[1.5, -2.0], [30.0, 0.25]]
    assert dataset.labels.tolist() == [0, 1]


@given(st.lists(st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 2), min_size=2, max_size=20))
def test_every_float_survives_the_table(tmp_path_factory: pytest.TempPathFactory, pairs) -> None:
    rows = [f"{x!r},{y!r},{index % 2}" for index, (x, y) in enumerate(pairs)]
    dataset = read_csv(written(tmp_path_factory.mktemp("table"), "\n".join(["x1,x2,label", *rows])))
    assert dataset.points.tolist() == [list(pair) for pair in pairs]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "line 1: must name the columns x1, x2, label"),
        ("x1,x2,label\n", "followed by rows; got no rows"),
        ("x1,label\n1,0\n", "line 1, column x2: must be named once; got 'x1, label'"),
        ("x1,x2,x2,label\n1,2,3,0\n", "line 1, column x2: must be named once"),
        ("x1,x2,label\n1,2,0\n1,2\n", "line 3: must have 3 cells like the first line; got 2"),
        ("x1,x2,label\n1,2,0\n\n1,2,1,9\n", "line 4: must have 3 cells like the first line; got 4"),
        ("x1,x2,label\n1,2,0\none,2,1\n", "line 3, column x1: must be a finite number like 1.5; got 'one'"),
        ("x1,x2,label\n1,nan,0\n", "line 2, column x2: must be a finite number like 1.5; got 'nan'"),
        ("x1,x2,label\n1,-inf,0\n", "line 2, column x2: must be a finite number"),
        ("x1,x2,label\n1,1e999,0\n", "line 2, column x2: must be a finite number"),
        ("x1,x2,label\n1,1_000,0\n", "line 2, column x2: must be a finite number"),
        ("\n \nx1,x2,label\n1,2,3\n", "line 4, column label: must be 0 or 1; got '3'"),
        ("x1;x2;label\n1,500,2;2;0\n", "line 2, column x1: must be a finite number like 1.5; got '1,500,2'"),
        ("x1;x2;label\n1.500,2;2;0\n", "line 2, column x1: must be a finite number like 1.5"),
        ("x1\tx2\tlabel\n1,5\t2\t0\n", "line 2, column x1: must be a finite number like 1.5; got '1,5'"),
        ("1.0,2.0,0\n3,4,1\n", "line 1: must name the columns; got '1.0, 2.0, 0': put a line x1,x2,label"),
        ("x1,X1,x2,label\n1,2,3,0\n", "line 1, column x1: must be named once; got 'x1, X1, x2, label'"),
        ("x1,x2,label\n1,2,-1\n", "line 2, column label: must be 0 or 1; got '-1'"),
        ("x1,x2,label\n1,,0\n", "line 2, column x2: must be a finite number like 1.5; got ''"),
        ("x1,x2,label\n1,2,2\n", "line 2, column label: must be 0 or 1; got '2'"),
        ("x1,x2,label\n1,2,yes\n", "line 2, column label: must be 0 or 1; got 'yes'"),
        ("x1,x2,label\n1,2,1\n3,4,1\n", "column label: must hold both classes, 0 and 1; got only 1"),
        ('x1,x2,label\n1,"2,0\n', "is not a table of cells"),
        ("x1,x2,label\n1,2,0\n".encode("utf-16"), "must be UTF-8 text"),
        (b"x1,x2,label\n1,\xff,0\n", "must be UTF-8 text"),
    ],
)
def test_a_damaged_table_is_refused_in_one_line_with_the_place(tmp_path: Path, content, message: str) -> None:
    file = written(tmp_path, content)
    with pytest.raises(ValueError, match=message) as caught:
        read_csv(file)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_a_table_of_more_than_a_million_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert points.MAX_ROWS == 1_000_000
    monkeypatch.setattr(points, "MAX_ROWS", 3)
    rows = ["x1,x2,label", "1,2,0", "1,3,1", "1,4,1"]
    assert len(read_csv(written(tmp_path, "\n".join(rows)))) == 3
    with pytest.raises(ValueError, match="line 5: at most 3 rows are read; got more"):
        read_csv(written(tmp_path, "\n".join([*rows, "1,5,1"])))


def test_a_missing_table_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"nowhere.csv: cannot be read: No such file"):
        read_csv(tmp_path / "nowhere.csv")
    with pytest.raises(ValueError, match="cannot be read: Is a directory"):
        read_csv(tmp_path)
