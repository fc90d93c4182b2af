# Shared by the scripts beside it: plain messages, and a stop that says which step failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CARGO_TARGET_DIR=$PWD/target

step="starting"
say() { printf '\n==> %s\n' "$*"; }
begin() { step=$1; say "$1"; }
stop() { printf '\nkeepsong: %s\n' "$*" >&2; trap - EXIT; exit 1; }
trap 'code=$?; [ $code -eq 0 ] || printf "\nkeepsong: this step failed: %s\nRead the lines above, mend what they name, and run the same command again: finished steps are not repeated.\n" "$step" >&2' EXIT

# at_least HAVE WANT: true when version HAVE is WANT or later.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
