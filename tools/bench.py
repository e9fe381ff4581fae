"""Make two registers, one with a country and one with the demonstration, and measure one beside the other: `make bench`.

Both have their data in `bench` in the folder for data, apart from anybody's register. What is given is handed on to
`manage.py bench`; ODS_FILES names the published files to put the country on.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def manage(home: Path, *words: str) -> int:
    # Whatever database the environment names is somebody's register.
    environment = os.environ | {"REGISTER_HOME": str(home), "DATABASE_URL": "", "REDIS_URL": ""}
    return subprocess.call([sys.executable, "manage.py", *words], cwd=ROOT, env=environment)


def prepare(home: Path, fill: str) -> None:
    """Bring a register up to date, and fill it once."""
    filled = home / "filled"
    if manage(home, "migrate", "--verbosity", "0") or manage(home, "collectstatic", "--no-input", "--verbosity", "0"):
        sys.exit(f"The register in {home} could not be brought up to date: move the folder away to begin anew.")
    if not filled.exists():
        if manage(home, fill):
            sys.exit(f"The register in {home} could not be filled: move the folder away to begin anew.")
        filled.touch()


def main() -> None:
    home = Path(os.environ.get("REGISTER_HOME") or ROOT / "var").expanduser().resolve() / "bench"
    country, demonstration = home / "country", home / "demonstration"
    prepare(demonstration, "load_demo")
    prepare(country, "seed_national")
    sys.exit(
        manage(country, "bench", "--beside", str(demonstration), "--json", str(home / "ratios.json"), *sys.argv[1:])
    )


if __name__ == "__main__":
    main()
