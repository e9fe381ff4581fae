"""Make the environment in `.venv` from a file of requirements, when it is not there yet.

    python3 tools/environment.py base|dev

Runs on the system's Python with nothing installed. Only packages whose hashes are in the file are
accepted; where they come from is pip's own configuration. `dev` holds all of `base`.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def main(wanted):
    # An older Python gets as far as this sentence only if the file is written in its language.
    if sys.version_info < (3, 11):
        sys.exit(
            "The register needs Python 3.11 or newer, and %s is %d.%d: install one, or name it with PYTHON=…"
            % (sys.executable, sys.version_info[0], sys.version_info[1])
        )
    if any(installed(name) == state(name) for name in {wanted, "dev"}):
        return
    if moved() or not works():
        create()
    print("Installing the packages of requirements/%s.txt" % wanted, flush=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    requirements = os.path.join("requirements", wanted + ".txt")
    if subprocess.call([*pip, "--require-hashes", "--requirement", requirements], cwd=ROOT) != 0:
        sys.exit("The packages could not be installed: pip says above what it missed.")
    with open(stamp(wanted), "w", encoding="utf-8") as file:
        file.write(state(wanted))


def state(name):
    """What an environment made now from the file `name` would be made of; it is moved with nothing."""
    with open(os.path.join(ROOT, "requirements", name + ".txt"), "rb") as file:
        return VENV + "\n" + hashlib.sha256(file.read()).hexdigest()


def stamp(name):
    return os.path.join(VENV, "made-from-" + name)


def installed(name):
    """The state that the environment was made in, or None."""
    try:
        with open(stamp(name), encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def moved():
    """Whether the environment was made elsewhere: the scripts in it name the folder it was made in."""
    return any((installed(name) or VENV).split("\n")[0] != VENV for name in ("base", "dev"))


def works():
    """Whether there is an environment whose Python starts: one left half made, or whose Python went, does not."""
    try:
        return subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def create():
    print("Making the environment in .venv", flush=True)
    try:
        import venv

        venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(VENV)
    except (ImportError, subprocess.CalledProcessError):
        sys.exit(
            "This Python cannot make environments: install its venv module "
            "(on Debian and Ubuntu: apt-get install python3-venv)."
        )
    except OSError as error:
        sys.exit("%s cannot be written (%s): make room, or make it yours." % (VENV, error.strerror))


if __name__ == "__main__":
    main(sys.argv[1])
