#!/usr/bin/env bash
# Writes LICENSES-THIRD-PARTY.md anew: every package of Cargo.lock with the licence it states.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=$(cargo metadata --format-version 1 --locked)
{
  echo "# Licences of what is linked"
  echo
  echo "Every package of \`Cargo.lock\`, those for tests and benches among them, with the licence it states."
  echo "Made by \`assets/refresh-licences.sh\`; \`cargo deny check\` (deny.toml) holds them to the allowed ones."
  echo
  printf '%s' "$packages" | python3 -c '
import json, sys
groups = {}
for p in json.load(sys.stdin)["packages"]:
    if p["source"]:
        groups.setdefault(p["license"] or "stated in a file", set()).add(p["name"] + " " + p["version"])
for licence in sorted(groups, key=lambda l: (-len(groups[l]), l)):
    print(f"## {licence}\n\n" + ", ".join(sorted(groups[licence])) + "\n")'
} > LICENSES-THIRD-PARTY.md
