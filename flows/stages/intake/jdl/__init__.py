"""JDL, JHipster's domain language, read as an interview."""

from flows.stages.intake.jdl.document import read_jdl

__all__ = ["read_jdl"]
