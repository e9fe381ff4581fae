"""Everything that is checked without running the tests: `make check`.

Each check runs to its end, whatever the others say; the exit status is 0 only if all passed.
"""

import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parent.parent

CHECKS = {
    "lint": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "templates": ["djade", "--check", "--target-version", "5.2"],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-cache"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": ["python", "manage.py", "check"],
    "Dockerfile": ["hadolint", "Dockerfile"],
    "compose file": ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
    "vulnerabilities": [
        "pip-audit",
        "--require-hashes",
        "--disable-pip",
        "--progress-spinner=off",
        "--requirement=requirements/dev.txt",
    ],
}
# What pip-audit says when it cannot ask anybody, and of each package that nobody could tell it about.
OUT_OF_REACH = ("ConnectionError", "Max retries exceeded", "ServiceError", "timed out")
NOT_LOOKED_UP = "could not be audited"


def command(name: str) -> list[str]:
    program, *arguments = CHECKS[name]
    if name == "templates":
        arguments += [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    return [str(BIN / program), *arguments]


def verdict(name: str, status: int, said: str) -> str:
    """How a check went, in a word and, where it is not the whole truth, a reason."""
    if name == "vulnerabilities" and NOT_LOOKED_UP in said:
        return f"part done: {said.count(NOT_LOOKED_UP)} packages could not be looked up from this machine"
    if name == "vulnerabilities" and status != 0 and any(sign in said for sign in OUT_OF_REACH):
        return "not done: nobody to ask is in reach of this machine"
    return "FAILED" if status != 0 else "ok"


def main() -> None:
    failed = []
    for name in CHECKS:
        done = subprocess.run(
            command(name), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        how = verdict(name, done.returncode, done.stdout)
        print(f"{name}: {how}", flush=True)
        if how == "FAILED":
            failed.append(name)
            print(done.stdout, flush=True)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
