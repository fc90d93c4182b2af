#!/usr/bin/env bash
# The journeys in the real window: a private display, a private sound server, and the driver of the webview.
# Pictures are left in target/journeys. Arguments name the journeys to run instead of all: kill-and-resume.test.js
. "$(dirname "$0")/lib.sh"

if ! cmp -s src-tauri/journeys/package-lock.json src-tauri/journeys/node_modules/.keepsong-lock; then
  begin "Installing npm packages of src-tauri/journeys"
  (cd src-tauri/journeys && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp src-tauri/journeys/package-lock.json src-tauri/journeys/node_modules/.keepsong-lock
fi
begin "Building the screens and the window for the journeys"
bash scripts/setup.sh ui
cargo test --locked --workspace --no-run --quiet
begin "Running the journeys in the real window"
xvfb-run -a -s "-screen 0 1280x800x24" dbus-run-session -- bash scripts/window-session.sh "$@"
