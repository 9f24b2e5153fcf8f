"""Whatever a founder writes stays inside the quotes of every language."""

from __future__ import annotations

import ast
import html
import json
import shlex
import sqlite3
import subprocess
import sys
import tomllib

import jinja2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flows.rendering import layout, literals

TEXT = st.text(max_size=80) | st.text(alphabet="'\"\\{}%#<>\n\r\0 ax`$:;*/\u202e\u2028\ud800", max_size=30)


@given(TEXT)
def test_a_python_literal_is_the_text(text: str) -> None:
    literal = literals.python(text)
    assert ast.literal_eval(literal) == text
    assert "\n" not in literal


@given(TEXT)
def test_a_jinja_literal_is_the_text(text: str) -> None:
    template = jinja2.Environment(autoescape=False).from_string("{{ " + literals.jinja(text) + " }}")  # noqa: S701
    assert template.render() == text


@given(TEXT)
def test_html_shows_the_words_and_runs_nothing(text: str) -> None:
    written = literals.html(text)
    assert not set(written) & set("<>\"'{}%")
    assert html.unescape(written) == literals.words(text)
    assert jinja2.Environment(autoescape=True).from_string(written).render() == written


@given(TEXT)
def test_words_are_one_harmless_line(text: str) -> None:
    line = literals.words(text)
    assert line == literals.words(line)
    assert line.isprintable()
    assert len(line.splitlines()) <= 1


@given(TEXT)
def test_yaml_json_toml_sql_and_shell_read_the_words_back(text: str) -> None:
    line = literals.words(text)
    assert yaml.safe_load(f"key: {literals.yaml(text)}") == {"key": line}
    assert json.loads(literals.yaml(text)) == line
    assert tomllib.loads(f"key = {literals.toml(text)}") == {"key": line}
    assert shlex.split(literals.shell(text)) == [line]
    with sqlite3.connect(":memory:") as connection:
        assert connection.execute(f"select {literals.sql(line)}").fetchone() == (line,)


@given(TEXT, st.sampled_from([0, 4]))
def test_a_docstring_cannot_be_left(text: str, indent: int) -> None:
    margin = " " * indent
    source = f"{'if 1:' if indent else ''}\n{margin}{literals.docstring(text, indent)}\n"
    statements = ast.parse(source).body
    assert len(statements) == 1
    assert all(layout.columns(line) <= layout.WIDTH for line in source.splitlines())


@given(TEXT)
def test_markdown_special_characters_are_escaped(text: str) -> None:
    written = literals.markdown(text)
    assert written.replace("\\", "") == literals.words(text).replace("\\", "")
    for position, character in enumerate(written):
        if character in "`*[]<|":
            assert written[position - 1] == "\\"


@pytest.mark.parametrize(("text", "length", "short"), [("abc", 3, "abc"), ("ab cdef", 4, "ab…")])
def test_shortened_keeps_to_its_length(text: str, length: int, short: str) -> None:
    assert literals.shortened(text, length) == short


@pytest.mark.parametrize("text", ["می\u200cخو", "🐕\u200d🦺"])
def test_joiners_stay_for_they_say_how_a_word_is_written(text: str) -> None:
    assert literals.words(text) == text


def test_imports_are_in_the_import_sorters_order() -> None:
    names = ["OwNerThing", "Owner", "T10", "T2", "CONSTANT", "owner", "own"]
    source = layout.imports({"app.t10": names, "app.t2": ["x"]}) + "\n"
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "I", "--diff", "-q", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stdout


def test_the_layout_is_the_formatters() -> None:
    names = [f"name_{number}" for number in range(12)]
    lines = [
        layout.imports({"app.ten": ["Ten"], "app.a10": ["Z", "CONSTANT", "name"], "app.a9": names}),
        layout.sequence("short = ", ['"one"']),
        layout.sequence("empty = ", []),
        layout.sequence("long = ", layout.quoted(layout.prefixed("the_", names))),
        layout.laid_out("call(", ["1", "2"], ")"),
        layout.laid_out("call(", names, ")"),
        layout.assigned("value", literals.python("x" * 80)),
        layout.assigned("value", literals.python("語" * 46)),
        layout.assigned("value", literals.python("x" * 95)),
    ]
    source = "\n".join([lines[0], "", *lines[1:], ""])
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "100", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout == source
