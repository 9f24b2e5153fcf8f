"""An interview in whatever notation it is written: YAML or JSON, or JHipster's domain language."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from flows.stages.intake.document import read
from flows.stages.intake.jdl import read_jdl

if TYPE_CHECKING:
    from flows.contracts import Intake

JDL_ENDINGS = frozenset({".jdl", ".jh"})
DOCUMENT_ENDINGS = frozenset({".yaml", ".yml", ".json"})
_REMARKS = re.compile(r"(?:\s|\ufeff|/\*.*?(?:\*/|\Z)|//[^\n]*)*", re.DOTALL)
# What a JDL file may begin with. A key of YAML has a colon behind it, and none of these words has one there.
_BEGINS_JDL = re.compile(
    r"@\s*\w+"
    r"|(?:application|deployment)\s*\{"
    r"|(?:entity|enum|relationship)\s+\w+\s*[{(@/\n]"
    r"|(?:entity|enum)\s+\w+\s*\Z"
    r"|use\s+[\w, ]+\s+for\s"
    r"|(?:dto|service|paginate|search|filter|microservice|angularSuffix|clientRootFolder|readOnly|skipClient"
    r"|skipServer|noFluentMethod|embedded)\s+[\w*, ]+(?:\s+(?:with|except)\s|\s*\n|\s*\Z)"
    r"|[A-Z][A-Z0-9_]*\s*=\s*[-+\d\"'/]"
)


def is_jdl(text: str, *, filename: str | None = None) -> bool:
    """Whether a text is JDL: by its file's ending when that says so, else by how it begins."""
    ending = PurePath(filename or "").suffix.casefold()
    if ending in JDL_ENDINGS | DOCUMENT_ENDINGS:
        return ending in JDL_ENDINGS
    remarks = _REMARKS.match(text)
    return _BEGINS_JDL.match(text, remarks.end() if remarks else 0) is not None


def read_any(text: str, *, filename: str | None = None) -> Intake:
    """Read an interview; raises InterviewProblems with everything that is wrong.

    `filename`: where the text comes from, when it comes from a file.
    """
    if is_jdl(text, filename=filename):
        return read_jdl(text.removeprefix("\ufeff"), name=PurePath(filename or "").stem)
    return read(text)
