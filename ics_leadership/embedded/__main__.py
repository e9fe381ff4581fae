"""Runs the supervisor; its first member's connection arrives as its standard input."""

import os
import socket
import sys

from ics_leadership.embedded.failure import CannotStart
from ics_leadership.embedded.supervisor import supervise

try:
    supervise(socket.socket(fileno=os.dup(0)))
except CannotStart as reason:
    sys.exit(str(reason))
