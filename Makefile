# Each target calls one tool. `make run` and `make test` need nothing but Python 3.11 or newer.
RECENT = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(or $(shell for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$python" -c "$(RECENT)" 2>/dev/null && echo "$$python" && break; done),python3)

.PHONY: run test check bench lock

run:
	@"$(PYTHON)" tools/environment.py base
	@exec .venv/bin/python manage.py run

test:
	@"$(PYTHON)" tools/environment.py dev
	@"$(PYTHON)" tools/browser.py
	@exec .venv/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

check:
	@"$(PYTHON)" tools/environment.py dev
	@exec .venv/bin/python tools/check.py

bench:
	@"$(PYTHON)" tools/environment.py base
	@exec .venv/bin/python tools/bench.py

COMPILE = .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock:
	@"$(PYTHON)" tools/environment.py dev
	$(COMPILE) --output-file requirements/base.txt
	$(COMPILE) --extra dev --constraints requirements/base.txt --output-file requirements/dev.txt
