"""JDL files that are broken, huge, or made to do something, and file names that are."""

from __future__ import annotations

from tests.hostile.case import Case

EVIL = (
    '{{ 7*7 }} {% raw %} """ </script><script>alert(1)</script> \'; DROP TABLE x; -- \\n ${HOME} $(id) %s {0}'
)
PET = "entity Pet { name String }"


def _case(what: str, given: str | bytes, refused: str = "", filename: str = "hostile.jdl") -> Case:
    return Case(what=what, given=given, refused=refused, filename=filename)


def _entities(count: int) -> str:
    return "\n".join(f"entity T{number} {{ name String }}" for number in range(count))


TEXTS = (
    _case("lines that end in CR LF", "entity Pet {\r\n  name String\r\n}\r\n"),
    _case("lines that end in CR", "entity Pet {\r  name String\r}\r"),
    _case("a byte order mark first", b"\xef\xbb\xbf" + PET.encode()),
    _case("Latin-1", f"{PET} // caf\u00e9".encode("latin-1"), "1:34"),
    _case("every byte there is", bytes(range(256)), "2:118"),
    _case("nothing", "", "1:1"),
    _case("a comment alone", "/* nothing yet */", "1:1"),
    _case("a comment that never ends", f"{PET}\n/* and", "2:1"),
    _case("a text that never ends", f'@a("x\n{PET}', "1:4"),
    _case("NUL in a name", "entity Pet { na\x00me String }", "1:16"),
    _case("a name turned right to left", "entity Pet { na\u202eme String }", "1:16"),
    _case("a zero-width space in a name", "entity P\u200bet { name String }", "1:9"),
    _case("homoglyphs in a name", "entity \u0420\u0435t { name String }"),
    _case("a comment turned right to left", "/**\n a\u202eb */ " + PET, "2:3"),
    _case("an escape of a terminal in an expression", "entity Pet { name String pattern(/a\x1b/) }", "1:36"),
    _case(
        "an escape of a terminal in a label", 'enum Size { S("a\x1b[31m") }\nentity Pet { size Size }', "1:17"
    ),
    _case("NUL in baseName", f'application {{ config {{ baseName "a\x00" }} entities * }}\n{PET}', "1:35"),
)

WORDS = (
    _case("everything hostile in comments", f"/** {EVIL} */\nentity Pet {{\n  /** {EVIL} */ name String\n}}"),
    _case("template syntax as a name", "entity {{ 7*7 }} { name String }", "1:8"),
    _case("template syntax as a field", "entity Pet { {{ 7*7 }} String }", "1:14"),
    _case("SQL behind an entity", f"{PET}; DROP TABLE users;", "1:27"),
    _case("SQL as a table", "entity Pet(users; DROP TABLE x) { name String }", "1:17"),
    _case("our own table as a table", "entity Pet(alembic_version) { name String }"),
    _case("Python keywords as names", "entity class { import String, def String }"),
    _case("special names", "entity __class__ { __init__ String, __dict__ String }"),
    _case("Python keywords in an enum", "enum Size { class, None, import }\nentity Pet { size Size }"),
    _case("HTML in an enum", 'enum Size { S("</script>"), M("{{ 7*7 }}") }\nentity Pet { size Size }'),
    _case("a shell in an annotation", f'@dto("; $(id) && rm -rf ~") {PET}'),
    _case(
        "template syntax as baseName",
        f'application {{ config {{ baseName "{{{{ 7*7 }}}}" }} entities * }}\n{PET}',
    ),
    _case(
        "a path as baseName", f"application {{ config {{ baseName ../../etc }} entities * }}\n{PET}", "1:33"
    ),
    _case("an option that is none", f"use {{{{ 7*7 }}}} for *\n{PET}", "1:5"),
    _case("everything hostile in a pattern", 'entity Pet { name String pattern(/"""{{x}}\'; --/) }'),
    _case("a pattern that never ends", "entity Pet { name String pattern(/(a+)+$/) }"),
    _case("a pattern that is none", "entity Pet { name String pattern(/([/) }"),
    _case("a pattern that is not closed", "entity Pet { name String pattern(/abc }", "1:34"),
    _case("a constant that is a text", f'A = "x"\n{PET}', "1:5"),
    _case("a constant of 500 digits", "A = " + "9" * 500 + "\nentity Pet { size Integer max(A) }", "1:5"),
    _case("a constant said twice", f"A = 1\nA = 2\n{PET}", "2:1"),
    _case("a constant that nobody says", "entity Pet { size Integer max(B) }", "1:31"),
    _case("a side with a hostile label", f"{PET}\nrelationship ManyToOne {{ Pet{{x(a b)}} to Pet }}", "2:34"),
    _case("a relation to nothing", f"{PET}\nrelationship ManyToOne {{ Pet{{owner}} to Nobody }}", "2:40"),
    _case("an entity said twice", f"{PET}\n{PET}", "2:8"),
    _case("a field said twice", "entity Pet { name String, name String }", "1:27"),
    _case("a value said twice", "enum Size { S, S }\nentity Pet { size Size }", "1:16"),
    _case("a negative length", "entity Pet { name String maxlength(-1) }", "1:26"),
    _case("bounds the wrong way round", "entity Pet { size Integer min(5) max(1) }", "1:14"),
)

SIZES = (
    _case("100 entities", _entities(100)),
    _case("101 entities", _entities(101), "101:8"),
    _case("500 entities", _entities(500), "101:8"),
    _case(
        "500 fields", f"entity Pet {{ {', '.join(f'f{number} String' for number in range(500))} }}", "1:2504"
    ),
    _case("a name of 10,000 letters", f"entity {'A' * 10_000} {{ name String }}", "1:8"),
    _case("a field of 10,000 letters", f"entity Pet {{ {'a' * 10_000} String }}", "1:14"),
    _case("a pattern of 400 characters", f"entity Pet {{ name String pattern(/{'a' * 400}/) }}"),
    _case("a line of 500,000 characters", f"{PET} //{'x' * 500_000}"),
    _case("more than a mebibyte", f"//{'x' * 2**20}\n{PET}", "1:1"),
    _case("100,000 open braces", "{" * 100_000, "1:1"),
    _case("100,001 words", "x " * 100_001, "1:200001"),
)

FILE_NAMES = tuple(
    _case(f"the file name {filename}", PET, filename=filename)
    for filename in (
        "{{ 7*7 }}.jdl",
        "$(id); rm -rf ~.jdl",
        "<script>alert(1)<!--.jdl",
        "..\\..\\etc\\passwd.jdl",
        '""".jdl',
        "-rf.jdl",
        ".jdl",
        "犬\u202e.jdl",
        "a\nb\x1b[2J.jdl",
        "half\udcff.jdl",
        f"{'x' * 250}.jdl",
    )
)

FILES = (*TEXTS, *WORDS, *SIZES, *FILE_NAMES)
