#!/usr/bin/env bash
# Installs what is missing, builds in release, and opens the window; with no display, runs the demo instead.
. "$(dirname "$0")/lib.sh"

say "Keepsong: install what is missing, build (the first time about ten minutes on two cores), then open."
bash scripts/setup.sh run
begin "Building"
cargo build --release --locked -p cli -p desktop
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  begin "Opening Keepsong"
  target/release/keepsong-desktop
else
  begin "There is no display here, so the whole main job runs in the terminal: keepsong demo"
  target/release/keepsong --home target/demo-home demo
fi
