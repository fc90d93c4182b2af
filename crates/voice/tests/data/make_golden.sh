#!/bin/sh
# Makes dear.mcp, the mel-cepstra (45 little-endian 32-bit floats a frame) of hts_engine for dear.lab.
# Needs the Debian packages htsengine (1.10) and festvox-us-slt-hts (its licence allows use and change with notice).
set -eu
cd "$(dirname "$0")"
voice=/usr/share/festival/voices/us/cmu_us_slt_arctic_hts/hts/cmu_us_slt_arctic_hts.htsvoice
hts_engine -m "$voice" -vp -om dear.mcp dear.lab
