"""See to it that a Chromium is at hand for the tests of pages; root gets Debian's when there is none."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = (
    ["apt-get", "update", "--quiet"],
    ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"],
)


def main() -> None:
    if "CHROMIUM" in os.environ or any(map(shutil.which, NAMES)):
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(
            "The tests of pages need Chromium: install it "
            "(on Debian and Ubuntu, as root: apt-get install chromium), or name it in the variable CHROMIUM."
        )
    print("Installing Chromium from Debian", flush=True)
    for command in INSTALL:
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        )
    if done.returncode != 0:
        sys.exit("Chromium could not be installed: apt-get says above why. The tests of pages need it.")


if __name__ == "__main__":
    main()
