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
    "vulnerabilities": ["pip-audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off"],
}
# What pip-audit says when it cannot ask anybody.
OUT_OF_REACH = ("ConnectionError", "Max retries exceeded", "Temporary failure", "ServiceError", "timed out")


def command(name: str) -> list[str]:
    program, *arguments = CHECKS[name]
    if name == "templates":
        arguments += [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    if name == "vulnerabilities":
        arguments += ["--requirement", "requirements/dev.txt"]
    return [str(BIN / program), *arguments]


def main() -> None:
    failed = []
    for name in CHECKS:
        done = subprocess.run(
            command(name), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode == 0:
            print(f"ok       {name}", flush=True)
        elif name == "vulnerabilities" and any(sign in done.stdout for sign in OUT_OF_REACH):
            print(f"not done {name}: nobody to ask is in reach of this machine", flush=True)
        else:
            failed.append(name)
            print(f"FAILED   {name}\n{done.stdout}", flush=True)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
