#!/usr/bin/env bash
# Installs what is missing, and nothing else. Usage: setup.sh run|test|contracts|ui
#   run        what the app needs to build and play      test  that, and what the tests need
#   contracts  compile the contracts                      ui    build the screens
. "$(dirname "$0")/lib.sh"

installed=0

# Tools we do not install ourselves: name the one that is missing and how to get it.
need_tool() { # name, version command, least version, how to get it
  command -v "$1" >/dev/null 2>&1 || stop "$1 is missing. $4"
  local have
  have=$($2 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1) || true
  at_least "${have:-0}" "$3" || stop "$1 $have is too old, $3 or later is needed. $4"
}

packages() { # Debian packages, installed with the ordinary client when absent
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  begin "Installing system packages: ${missing[*]}"
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || stop "system packages are missing and there is no sudo. As root, run: apt-get install ${missing[*]}"
    root=(sudo)
  fi
  "${root[@]}" apt-get -o DPkg::Lock::Timeout=540 update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=540 install -y -qq --no-install-recommends --no-remove "${missing[@]}" ||
    stop "these packages could not be installed: ${missing[*]}. If the lines above name a conflict (pipewire-alsa and pulseaudio, say), decide which to keep and install by hand; nothing was removed"
  installed=1
}

npm_packages() { # folder: installs exactly its lock file, once per lock file
  local stamp="$1/node_modules/.keepsong-lock"
  if ! cmp -s "$1/package-lock.json" "$stamp"; then
    begin "Installing npm packages of $1"
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
    cp "$1/package-lock.json" "$stamp"
    installed=1
  fi
}

contracts() { npm_packages contracts; begin "Compiling the contracts (cached)"; (cd contracts && npm run --silent build); }
ui() {
  npm_packages ui
  if [ -f ui/dist/index.html ] && [ -z "$(find ui/src ui/public ui/index.html ui/*.json ui/*.ts ui/*.js -newer ui/dist/index.html -type f -print -quit)" ]; then
    return
  fi
  begin "Building the screens"
  (cd ui && npm run --silent build)
}

need_tool git "git --version" 2.30 "Install it with: apt-get install git"
need_tool cargo "cargo --version" 1.95 "Get Rust with rustup (the Rust project's installer), then run: rustup update stable"
need_tool node "node --version" 20.19 "Get Node 20.19 or later from the Node project, or with your system's package manager"
case "$(node --version)" in v21.* | v22.[0-9].* | v22.1[01].*) stop "this Node is between the releases that the screens are built with. Use 20.19 or later of 20, or 22.12 or later" ;; esac
need_tool npm "npm --version" 9.0 "It comes with Node"

case "${1:-}" in
  contracts) contracts; exit ;;
  ui) ui; exit ;;
  run | test) ;;
  *) stop "usage: setup.sh run|test|contracts|ui" ;;
esac

command -v apt-get >/dev/null 2>&1 || stop "this set-up knows Debian and Ubuntu. Elsewhere install WebKitGTK 4.1, ALSA and a C compiler, then run: make contracts ui && cargo run --release -p desktop"
packages build-essential pkg-config libasound2-dev libasound2-plugins libwebkit2gtk-4.1-dev librsvg2-dev \
  fonts-noto-cjk xdg-utils fluid-soundfont-gm festvox-us-slt-hts
if [ "$1" = test ]; then
  if [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null 2>&1; then
    apt-cache policy chromium 2>/dev/null | grep -q 'Candidate: [0-9]' ||
      { [ "$(id -u)" -ne 0 ] && sudo -n true 2>/dev/null && sudo apt-get update -qq; [ "$(id -u)" -eq 0 ] && apt-get update -qq; true; }
    apt-cache policy chromium 2>/dev/null | grep -q 'Candidate: [0-9]' ||
      stop "this system has no chromium package (on Ubuntu it is a snap). Install any Chromium or Chrome and run: CHROMIUM=/path/to/it make test"
    packages chromium
  fi
  packages webkit2gtk-driver xvfb xauth dbus dbus-x11 pulseaudio pulseaudio-utils procps
  if ! "target/tools/bin/tauri-driver" --help >/dev/null 2>&1; then
    begin "Installing tauri-driver (drives the real window in tests)"
    cargo install tauri-driver --version 2.1.0 --locked --root target/tools --quiet
    installed=1
  fi
fi
contracts
ui
[ $installed -eq 1 ] || say "Nothing to install: everything is already here."
