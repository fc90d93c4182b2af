#!/usr/bin/env bash
# Installs what the tests need and runs all of them, the quick ones first.
. "$(dirname "$0")/lib.sh"

say "Keepsong tests: install what is missing, then contracts, Rust, screens in a browser, and the real window."
bash scripts/setup.sh test
begin "Contract tests"
(cd contracts && npm test --silent)
begin "Rust tests"
cargo test --locked --workspace
begin "Screen checks in a browser"
(cd ui && npm run --silent check && npm test --silent)
begin "Journeys in the real window"
bash scripts/window-test.sh
say "All tests passed."
