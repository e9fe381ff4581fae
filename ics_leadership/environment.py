"""Where the register reads its environment from, before Django is there to ask.

The settings and the embedded services both start here, so that they agree on the folder
for data. What each variable means is said in `.env.example`.
"""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")


def home() -> Path:
    """The absolute folder for all data of this clone: `REGISTER_HOME`, or `var` beside the code.

    It need not exist yet.
    """
    return Path(env.str("REGISTER_HOME", default="") or BASE_DIR / "var").expanduser().resolve()
