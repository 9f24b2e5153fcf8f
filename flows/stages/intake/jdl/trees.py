"""The parser's trees as declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lark import Token, Tree

from flows.stages.intake.jdl.declarations import (
    Annotation,
    Block,
    Constant,
    Declaration,
    Entity,
    Enum,
    EnumValue,
    Field,
    Option,
    Relation,
    Side,
    Use,
    Validation,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Node: TypeAlias = Tree[Token] | Token | None


def declared(trees: tuple[Tree[Token], ...]) -> Iterator[Declaration]:
    """The values of the parser's trees, relationship blocks line by line."""
    for tree in trees:
        if tree.data == "relationship":
            yield from _relations(tree)
        else:
            yield _MAKE[str(tree.data)](tree)


def _named(tree: Tree[Token], name: str) -> Iterator[Tree[Token]]:
    return (child for child in tree.children if isinstance(child, Tree) and child.data == name)


def _tokens(tree: Tree[Token], *, but: tuple[str, ...] = ()) -> list[Token]:
    found = (child for child in tree.children if isinstance(child, Token))
    return [token for token in found if token.type not in {"COMMA", "BROKEN", *but}]


def _words(tree: Tree[Token]) -> str:
    """All tokens on one line, commas where lists have them."""
    text = " ".join(str(token) for token in tree.scan_values(lambda value: isinstance(value, Token)))
    return text.replace(" ,", ",")


def _annotations(tree: Tree[Token]) -> tuple[Annotation, ...]:
    made = []
    for annotation in _named(tree, "annotation"):
        at, name, *_ = annotation.children
        arguments = [_value(child) for child in annotation.children[2:] if child not in {None, ","}]
        said = f"({', '.join(arguments)})" if arguments else ""
        made.append(Annotation(at=_token(at), name=_token(name), words=f"@{name}{said}"))
    return tuple(made)


def _token(node: Node) -> Token:
    if not isinstance(node, Token):
        raise TypeError(f"the grammar has a word here, not {node!r}")
    return node


def _value(node: Node) -> str:
    """A setting's or an annotation's value as it was written."""
    if isinstance(node, Tree):
        parts = [_value(child) for child in node.children if child != ","]
        return f"[{', '.join(parts)}]" if node.data == "array" else ".".join(parts)
    return str(node)


def _entity(tree: Tree[Token]) -> Entity:
    keyword, name, *table = _tokens(tree)
    return Entity(
        annotations=_annotations(tree),
        keyword=keyword,
        name=name,
        table=table[0] if table else None,
        fields=tuple(_field(field) for field in _named(tree, "field")),
    )


def _field(tree: Tree[Token]) -> Field:
    name, kind = _tokens(tree)
    return Field(
        annotations=_annotations(tree),
        name=name,
        type=kind,
        validations=tuple(
            Validation(name=tokens[0], value=tokens[1] if len(tokens) > 1 else None)
            for tokens in (_tokens(validation) for validation in _named(tree, "validation"))
        ),
    )


def _enum(tree: Tree[Token]) -> Enum:
    keyword, name = _tokens(tree)
    values = (_tokens(value) for value in _named(tree, "value"))
    return Enum(
        keyword=keyword,
        name=name,
        values=tuple(
            EnumValue(name=tokens[0], label=tokens[1] if len(tokens) > 1 else None) for tokens in values
        ),
    )


def _relations(tree: Tree[Token]) -> Iterator[Relation]:
    keyword, kind = _tokens(tree)
    lines: list[tuple[Side, Side, list[Token]]] = []
    for child in tree.children:
        if not isinstance(child, Tree):
            continue
        if child.data == "relation":
            source, target = (_side(side) for side in _named(child, "side"))
            lines.append((source, target, []))
        elif lines:
            lines[-1][2].append(_tokens(child, but=("WITH",))[0])
    for source, target, extras in lines:
        yield Relation(kind=kind, keyword=keyword, source=source, target=target, extras=tuple(extras))


def _side(tree: Tree[Token]) -> Side:
    entity, *inside = (_token(child) if child is not None else None for child in _but_annotations(tree))
    name, shows, required = (*inside, None, None, None)[:3]
    return Side(
        annotations=_annotations(tree),
        entity=_token(entity),
        name=name,
        shows=shows,
        required=required,
    )


def _but_annotations(tree: Tree[Token]) -> list[Node]:
    return [child for child in tree.children if not isinstance(child, Tree)]


def _constant(tree: Tree[Token]) -> Constant:
    name, value = _tokens(tree)
    return Constant(name=name, value=value)


def _option(tree: Tree[Token]) -> Option:
    name = _token(tree.children[0])
    lists = [_tokens(names) for names in _named(tree, "names")]
    return Option(
        name=name,
        entities=tuple(lists[0]),
        excepted=tuple(token for names in lists[1:] for token in names),
        words=_words(tree),
    )


def _use(tree: Tree[Token]) -> Use:
    what = next(_named(tree, "names"))
    return Use(what=tuple(_tokens(what)), words=_words(tree), keyword=_token(tree.children[0]))


def _block(tree: Tree[Token]) -> Block:
    settings = [*_named(tree, "setting")]
    for config in _named(tree, "config"):
        settings += _named(config, "setting")
    return Block(
        keyword=_token(tree.children[0]),
        settings=tuple((_token(setting.children[0]), _value(setting.children[1])) for setting in settings),
        options=(
            *(_option(option) for option in _named(tree, "option")),
            *(_use(use) for use in _named(tree, "use")),
        ),
        entities=tuple(
            (_token(entities.children[0]), _words(entities)) for entities in _named(tree, "entities")
        ),
    )


_MAKE: dict[str, Callable[[Tree[Token]], Declaration]] = {
    "entity": _entity,
    "enum": _enum,
    "constant": _constant,
    "option": _option,
    "use": _use,
    "application": _block,
    "deployment": _block,
}
