"""One folder of templates becomes a set of files; `_attribute_` in a path stands for each entity."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import jinja2

from flows.contracts import Blueprint, FileSet
from flows.rendering import layout, literals
from flows.rendering.access import access_plan
from flows.rendering.bytecode import CompiledTemplates
from flows.rendering.filters import filters
from flows.rendering.settling import plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flows.rendering.plan import ApplicationPlan

PER_ENTITY = "_attribute_"
"""A path with this in it is rendered once for each entity, with the entity's attribute in its place."""

TEMPLATE = ".j2"
"""A file whose name ends so is rendered if it has marks; any other is copied as it stands."""


@functools.cache
def environment(folder: Path) -> jinja2.Environment:
    """The template environment of a folder.

    Its marks are `[[ ]]` and `[% %]`, as some templates write templates. Nothing is escaped by itself: what
    a founder wrote goes through the filter of the language it is written into.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        bytecode_cache=CompiledTemplates(folder.parent / "__pycache__"),
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - code, not HTML: the filters below quote per language
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
    )
    made.filters.update(
        docstring=literals.docstring,
        html=literals.html,
        jinja=literals.jinja,
        markdown=literals.markdown,
        naturally=lambda names: sorted(names, key=layout.natural),
        python=literals.python,
        shell=literals.shell,
        shortened=literals.shortened,
        sql=literals.sql,
        toml=literals.toml,
        words=literals.words,
        yaml=literals.yaml,
    )
    made.globals.update(
        assigned=layout.assigned,
        filters=filters,
        imports=layout.imports,
        laid_out=layout.laid_out,
        prefixed=layout.prefixed,
        quoted=layout.quoted,
        sequence=layout.sequence,
    )
    return made


@functools.cache
def _paths(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))


@functools.cache
def _fixed_text(folder: Path, path: str) -> str | None:
    """The text of a file that has nothing to fill in, None of one that has."""
    text = (folder / path).read_text(encoding="utf-8")
    return None if path.endswith(TEMPLATE) and ("[[ " in text or "[% " in text) else text


def render_tree(
    folder: Path,
    blueprint: Blueprint,
    *,
    extra: Mapping[str, Any] | None = None,
    executable: frozenset[str] = frozenset(),
) -> FileSet:
    """Every file of the folder, rendered or copied; templates see `app`, `access`, `entity` and `extra`.

    Raises ValueError when two templates come out under one path.
    """
    app = plan(blueprint)
    access = access_plan(blueprint, app)
    templates = environment(folder)
    files: dict[str, str] = {}
    for path in _paths(folder):
        for target, values in _targets(path.removesuffix(TEMPLATE), app):
            fixed = _fixed_text(folder, path)
            text = (
                templates.get_template(path).render(app=app, access=access, **values, **(extra or {}))
                if fixed is None
                else fixed
            )
            if target in files:
                raise ValueError(f"two templates write {target}")
            if text and not text.isspace():
                files[target] = text
    return FileSet.of(files, executable=executable)


def _targets(path: str, app: ApplicationPlan) -> list[tuple[str, dict[str, Any]]]:
    if PER_ENTITY not in path:
        return [(path, {})]
    return [(path.replace(PER_ENTITY, entity.attribute), {"entity": entity}) for entity in app.entities]
