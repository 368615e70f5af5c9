#!/usr/bin/env bash
# Draws the README's pictures anew: the program renders its own screens on the demo portfolio.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo run --release --quiet -- --home "$(mktemp -d)" screens assets/screens
