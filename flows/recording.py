"""The recorder of this process: made once, from the settings."""

from __future__ import annotations

import uuid
from functools import lru_cache

from blocks.database import database_url
from blocks.settings import settings
from db.recorder import Recorder
from db.spool import Spool

PRODUCER = uuid.uuid4()
"""Names this process among all that write log lines and spool segments."""


@lru_cache(maxsize=1)
def recorder() -> Recorder:
    """Where this process's rows go; raises DatabaseUnavailable when no database was ever set up."""
    return Recorder(url=database_url(), spool=Spool(settings().spool, producer=str(PRODUCER)))
