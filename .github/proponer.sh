#!/usr/bin/env bash
# Takes the folder that leer-formulario.sh made: opens the proposal with its patch, makes it again on today's main if it
# was open, or answers the issue NUMERO.
set -euo pipefail
result=$1
[[ $NUMERO =~ ^[0-9]+$ ]]
branch=formulario-$NUMERO
bot="41898282+github-actions[bot]@users.noreply.github.com"

answer() {
  gh issue comment "$NUMERO" --body-file -
}

if [[ -e $result/hallazgos ]]; then
  answer <<END
Gracias por escribir. Esto falta para convertirlo en una propuesta. Lo que dice «le toca al equipo» no es para usted. Lo demás, corríjalo en el texto de arriba. Después, quien mantiene el sitio quita la etiqueta \`aceptado\` y la vuelve a poner.

$(cat "$result/dicho.md")
END
  exit 0
fi

if [[ ! -e $result/propuesta.patch ]]; then
  answer <<END
Gracias. Esto es lo que se entendió. Una persona hará el cambio en el archivo.

$(cat "$result/dicho.md")
END
  exit 0
fi

gh auth setup-git
# What only this script wrote, it can write again. GitHub's «Update branch» adds a merge, which is nobody's work unless
# it differs from what git alone would make.
before=
if git ls-remote --exit-code --heads origin "refs/heads/$branch" > /dev/null; then
  git fetch --quiet origin "refs/heads/$branch"
  before=$(git rev-parse FETCH_HEAD)
  people=$(git log --no-merges --format="%ae%n%ce" "HEAD..$before")
  by_hand=$(git log --merges --remerge-diff --format= "HEAD..$before")
  if [[ -n $by_hand ]] || grep -qvxF -e "$bot" -e "" <<< "$people"; then
    answer <<< "En la rama \`$branch\` hay trabajo de alguien y se deja como está. Si ya no sirve, cierre su propuesta, borre la rama y vuelva a poner la etiqueta."
    exit 1
  fi
fi

git switch --create "$branch"
git apply --index "$result/propuesta.patch"
# Plain text files of the content, new or changed, and nothing else.
allowed=$'^:(000000|100644) 100644 [0-9a-f]+ [0-9a-f]+ [AM]\t(methods|cases|docs)/[a-z0-9/_-]+\\.(md|yml)$'
if git diff --cached --raw --no-renames | grep -vE "$allowed"; then
  echo "::error::El formulario cambiaría algo que no es contenido: no se propone nada."
  exit 1
fi

git config user.name "github-actions[bot]"
git config user.email "$bot"
git commit --quiet --message "content: take in the form of #$NUMERO"
git push --quiet --force-with-lease="refs/heads/$branch:$before" origin "HEAD:refs/heads/$branch"

# A branch of another repository may have the same name: that proposal is a stranger's.
ours='map(select(.isCrossRepository | not)) | .[0].url // empty'
proposal=$(gh pr list --head "$branch" --state open --json url,isCrossRepository --jq "$ours")
if [[ -n $proposal ]]; then
  gh pr comment "$proposal" --body-file - <<END
Hecha de nuevo, con lo que el formulario dice ahora y sobre lo que hay en \`$GITHUB_REF_NAME\`. Para que corran las revisiones, ciérrela y vuelva a abrirla.

$(cat "$result/dicho.md")
END
  answer <<< "La propuesta se hizo de nuevo: $proposal"
  exit 0
fi
proposal=$(gh pr create --base "$GITHUB_REF_NAME" --head "$branch" --title "Formulario de #$NUMERO" --body-file - <<END
Hecha por el programa con el formulario de #$NUMERO. Léala como la de cualquier persona: nadie ha revisado lo que afirma.

Para que corran las revisiones, ciérrela y vuelva a abrirla: GitHub no las inicia en una propuesta que abrió un flujo.

$(cat "$result/dicho.md")

Closes #$NUMERO
END
)
answer <<< "Gracias. Lo que escribió ya es una propuesta: $proposal"
