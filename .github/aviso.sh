#!/usr/bin/env bash
# Keeps one open issue up to date:  aviso.sh LABEL TITLE FILE.  FILE is its text; empty, there is nothing to say and
# the issue is closed. The issue is the one with that label that a workflow opened: another's title cannot pass for it.
set -euo pipefail
label=$1 title=$2 file=$3

# A fork is born with its issues off. Nothing to say is said without them; something stops the run, which is then told.
if [[ $(gh repo view "$GITHUB_REPOSITORY" --json hasIssuesEnabled --jq .hasIssuesEnabled) == false ]]; then
  if [[ -s $file ]]; then
    cat "$file" >> "$GITHUB_STEP_SUMMARY"
    echo "::error::Los asuntos de este repositorio están apagados y el aviso «$title» quedó en el resumen de esta corrida. Enciéndalos en Settings → General → Features → Issues."
    exit 1
  fi
  exit 0
fi

gh label create "$label" --force --color ededed --description "Lo abre y lo cierra un flujo"
issue=$(gh issue list --app github-actions --label "$label" --state open --limit 1 --json number --jq '.[0].number // empty')
if [[ -s $file && -n $issue ]]; then
  gh issue edit "$issue" --body-file "$file"
elif [[ -s $file ]]; then
  gh issue create --title "$title" --label "$label" --body-file "$file"
elif [[ -n $issue ]]; then
  gh issue close "$issue" --comment "Ya no queda nada por corregir."
fi
