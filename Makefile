# `make demo` opens the browser on the sample archive; `make test` passes the tests. Both need only make and Python >= 3.11.

VENV := .venv
READY := $(VENV)/.ready
LOCK := requirements.lock

.PHONY: demo test run pictures lock clean

demo: $(READY)
	@$(VENV)/bin/backscroll demo

run: $(READY)
	@$(VENV)/bin/backscroll

test: $(READY)
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/pytest

pictures: $(READY)
	$(VENV)/bin/python -m screenshots.capture

# A private environment with the versions and hashes of the lock file; uv makes it where it is present, else venv and pip.
$(READY): $(LOCK) pyproject.toml
	@python=""; \
	for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Backscroll needs Python 3.11 or newer; none was found on PATH." >&2; exit 1; fi; \
	echo "Setting up a private environment in $(VENV) (once) ..."; \
	if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$$python" $(VENV) && \
		uv pip install --quiet --python $(VENV)/bin/python --require-hashes -r $(LOCK) && \
		uv pip install --quiet --python $(VENV)/bin/python --no-deps --no-build-isolation -e . ; \
	else \
		if ! $$python -c 'import ensurepip, venv' >/dev/null 2>&1; then \
			echo "This Python has no venv module. On Debian or Ubuntu: apt install python3-venv. Or install uv." >&2; exit 1; \
		fi; \
		$$python -m venv $(VENV) && \
		$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK) && \
		$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $(READY)

# Made anew when pyproject.toml's dependencies change; needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o $(LOCK)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
