"""PostgreSQL and Valkey out of their wheels, for every clone that names no servers of its own.

One supervisor a data folder owns both servers. It is started by the first command that needs
them, joined by the others, and stops both when the last of these has gone, however it went.
Nothing here knows Django; the settings ask for the two addresses, `manage.py` for the services.
"""

from ics_leadership.embedded.addresses import database_url, redis_url
from ics_leadership.embedded.failure import CannotStart
from ics_leadership.embedded.members import services

__all__ = ["CannotStart", "database_url", "redis_url", "services"]
