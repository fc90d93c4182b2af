#!/usr/bin/env bash
# The journeys in the real window: a private display, a private sound server, and the driver of the webview.
# Screenshots are left in target/journeys.
. "$(dirname "$0")/lib.sh"

begin "Building the window for the journeys"
cargo build --locked -p desktop -p cli
if ! cmp -s src-tauri/journeys/package-lock.json src-tauri/journeys/node_modules/.keepsong-lock; then
  begin "Installing npm packages of src-tauri/journeys"
  (cd src-tauri/journeys && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp src-tauri/journeys/package-lock.json src-tauri/journeys/node_modules/.keepsong-lock
fi
begin "Running the journeys"
xvfb-run -a -s "-screen 0 1280x800x24" dbus-run-session -- bash scripts/window-session.sh
