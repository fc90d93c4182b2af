#!/usr/bin/env bash
# Inside the private display: starts a null sound sink and the webview's driver, runs the journeys, and ends both by their ids.
# Arguments name the journeys to run instead of all: window-session.sh kill-and-resume.test.js
. "$(dirname "$0")/lib.sh"

begin "Starting the private sound server and the webview's driver"
session=$(mktemp -d)
export XDG_RUNTIME_DIR=$session HOME=$session/home PULSE_SERVER=unix:$session/pulse.sock
mkdir -p "$HOME"
printf 'pcm.!default { type pulse }\nctl.!default { type pulse }\n' >"$HOME/.asoundrc"
# English, a drawn window without a graphics card, and nothing of this user's own Keepsong.
export WEBKIT_DISABLE_COMPOSITING_MODE=1 LANG=C.UTF-8
unset LANGUAGE LC_ALL KEEPSONG_HOME
started=()
finish() {
  code=$?
  for id in "${started[@]}"; do kill "$id" 2>/dev/null || true; done
  wait
  rm -rf "$session"
  [ $code -eq 0 ] || printf '\nkeepsong: this step failed: %s\n' "$step" >&2
  exit $code
}
trap finish EXIT

# Two ports that nobody has, so that several checkouts can run this side by side.
read -r port native < <(node -e '
  const net = require("net");
  const [a, b] = [net.createServer().listen(0, "127.0.0.1"), net.createServer().listen(0, "127.0.0.1")];
  b.on("listening", () => { console.log(a.address().port, b.address().port); a.close(); b.close(); });')
export KEEPSONG_DRIVER_PORT=$port

pulseaudio -n --daemonize=no --exit-idle-time=-1 --disallow-exit \
  --load="module-native-protocol-unix auth-anonymous=1 socket=$session/pulse.sock" \
  --load="module-null-sink sink_name=test rate=48000 channels=2" >"$session/pulse.log" 2>&1 &
started+=($!)
target/tools/bin/tauri-driver --port "$port" --native-port "$native" >"$session/driver.log" 2>&1 &
started+=($!)

ready() { [ -S "$session/pulse.sock" ] && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
for _ in $(seq 1 200); do ready && break; sleep 0.1; done
ready || { cat "$session/pulse.log" "$session/driver.log" >&2; exit 1; }

begin "Running the journeys; pictures are left in target/journeys"
cd src-tauri/journeys
[ $# -gt 0 ] || set -- *.test.js
node --test --test-concurrency=1 --test-reporter=spec "$@"
