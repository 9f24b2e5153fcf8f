"""The recorder of this process: made once, from the settings; a forked child gets one of its own."""

from __future__ import annotations

import os
import uuid
from functools import lru_cache

from blocks.database import database_url
from blocks.settings import settings
from db.recorder import Recorder
from db.spool import Spool


@lru_cache(maxsize=1)
def producer() -> uuid.UUID:
    """Names this process among all that write log lines and spool segments."""
    return uuid.uuid4()


@lru_cache(maxsize=1)
def recorder() -> Recorder:
    """Where this process's rows go; raises DatabaseUnavailable when no database was ever set up."""
    chosen = settings()
    spool = Spool(chosen.spool, producer=str(producer()), most_bytes=chosen.spool_mb * 2**20)
    return Recorder(url=database_url(), spool=spool)


# Two processes under one name would take each other's lines for their own.
os.register_at_fork(after_in_child=producer.cache_clear)
os.register_at_fork(after_in_child=recorder.cache_clear)
