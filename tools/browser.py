"""See to it that a Chromium is at hand for the tests of pages; root gets Debian's when there is none."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
INSTALL = ("install", "--yes", "--quiet", "--no-install-recommends")
PACKAGES = ("chromium-headless-shell", "chromium")
"""Chromium without the windows that no test looks at; where a release has none, the whole of it."""


def main() -> None:
    if "CHROMIUM" in os.environ or any(map(shutil.which, NAMES)):
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(
            "The tests of pages need Chromium: install it "
            "(on Debian and Ubuntu, as root: apt-get install chromium), or name it in the variable CHROMIUM."
        )
    print("Installing Chromium from Debian", flush=True)
    apt_get("update", "--quiet")
    if not any(apt_get(*INSTALL, package) for package in PACKAGES):
        sys.exit("Chromium could not be installed: apt-get says above why. The tests of pages need it.")


def apt_get(*words: str) -> bool:
    """Whether apt-get did what was asked."""
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", *words], stdout=subprocess.DEVNULL, env=quietly).returncode == 0


if __name__ == "__main__":
    main()
