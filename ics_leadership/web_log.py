"""The web server's own log."""

from __future__ import annotations

import datetime
import sys
from typing import Any

from gunicorn.glogging import Logger


class Log(Logger):
    """gunicorn's log, in which a reader who is dropped (`EXPORT_PATIENCE`) is a line and not a traceback."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: datetime.timedelta) -> None:
        """Told of every answer, also while what went wrong with it is under way."""
        if isinstance(sys.exception(), TimeoutError):
            patience = environ["gunicorn.socket"].gettimeout()
            self.warning("Dropped a reader of %s who took nothing for %g s", environ["PATH_INFO"], patience)
        super().access(resp, req, environ, request_time)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Told of what went wrong, after `access`."""
        if not isinstance(sys.exception(), TimeoutError):
            super().exception(msg, *args, **kwargs)
