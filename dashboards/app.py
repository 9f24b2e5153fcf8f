"""One ASGI application: the Streamlit pages, and the HTTP API under /api/v1."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount

from dashboards.api.application import PREFIX, api

SCRIPT = Path(__file__).parent / "main.py"

# A page elsewhere that makes its name resolve to the loopback address must not be able to read from us.
HOSTS = ["127.0.0.1", "localhost"]

logger = logging.getLogger(__name__)


def _script_failed(error: Exception) -> bool:
    """Tell the reader in plain words; the traceback goes to the log of the server alone."""
    logger.error("a page failed", exc_info=error)
    st.error(
        "**This page could not be shown.** The log of the dashboards says why. Reload the page to try again."
    )
    return True


app = st.App(
    SCRIPT,
    routes=[Mount(PREFIX, api)],
    middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)],
    on_script_error=_script_failed,
)
