#!/usr/bin/env bash
# Inside the private display: starts a null sound sink and tauri-driver, runs the journeys, and ends both by their ids.
. "$(dirname "$0")/lib.sh"

session=$(mktemp -d)
export XDG_RUNTIME_DIR=$session HOME=$session/home PULSE_SERVER=unix:$session/pulse.sock
mkdir -p "$HOME"
printf 'pcm.!default { type pulse }\nctl.!default { type pulse }\n' >"$HOME/.asoundrc"
export WEBKIT_DISABLE_COMPOSITING_MODE=1 LANG=C.UTF-8
started=()
finish() {
  for id in "${started[@]}"; do kill "$id" 2>/dev/null || true; done
  rm -rf "$session"
}
trap finish EXIT

pulseaudio -n --daemonize=no --exit-idle-time=-1 --disallow-exit \
  --load="module-native-protocol-unix auth-anonymous=1 socket=$session/pulse.sock" \
  --load="module-null-sink sink_name=test rate=48000 channels=2" >"$session/pulse.log" 2>&1 &
started+=($!)
target/tools/bin/tauri-driver --port 4774 --native-port 4775 >"$session/driver.log" 2>&1 &
started+=($!)
for _ in $(seq 1 100); do
  if [ -S "$session/pulse.sock" ] && (exec 3<>/dev/tcp/127.0.0.1/4774) 2>/dev/null; then break; fi
  sleep 0.1
done
(cd src-tauri/journeys && npm test --silent)
