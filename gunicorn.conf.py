"""How the web server runs, wherever it is started: `make run`, the Procfile, the container."""

from ics_leadership.environment import env

threads = 16

bind = f"{env.str('HOST', default='127.0.0.1')}:{env.int('PORT', default=8000)}"
workers = env.int("WEB_CONCURRENCY", default=2)
worker_class = "gthread"
# Two connections for each thread: an export streams from a transaction of its own.
raw_env = [f"DATABASE_POOL_SIZE={env.int('DATABASE_POOL_SIZE', default=2 * threads)}"]
graceful_timeout = 4
logger_class = "ics_leadership.web_log.Log"
# Its default path is shared by every server of a user: two clones would meet there.
control_socket_disable = True
