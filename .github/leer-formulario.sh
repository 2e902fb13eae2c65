#!/usr/bin/env bash
# Reads the issue of GITHUB_EVENT_PATH and leaves in the folder of its argument:
#   dicho.md         what the program said, as an indented block: nothing in it is a mention, a link or HTML
#   hallazgos        empty, when the form has something to correct
#   propuesta.patch  what changes in the repository, when something does: a correction is applied by a person
set -euo pipefail
result=$1
mkdir -p "$result"
said=$(mktemp)

code=0
.venv/bin/fichero desde-formulario --evento "$GITHUB_EVENT_PATH" > "$said" || code=$?
# 1 with nothing said is a failure of ours, not something to correct in the form.
if [[ $code -gt 1 || ! -s $said ]]; then
  echo "::error::El formulario no se pudo leer."
  exit 1
fi
head -c 50000 "$said" | iconv -c -f UTF-8 -t UTF-8 | tr '\r' ' ' | sed 's/^/    /' > "$result/dicho.md"
if [[ $code -eq 1 ]]; then
  touch "$result/hallazgos"
  exit 0
fi
git add --all
if ! git diff --cached --quiet; then
  git diff --cached --binary --no-renames > "$result/propuesta.patch"
fi
