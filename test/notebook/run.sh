#!/usr/bin/env bash
# Runs the example notebook from a clean state, as Jupyter would, and draws its pictures:
#   npm run notebook [OUTDIR]
# Nothing of the user's Jupyter or Deno is read or written. Needs Node, Python 3.10 or later, and dist/.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
notebook=$project/examples/notebooks/80-20.ipynb
out=${1:-$here/output}

if [ ! -f "$project/dist/index.js" ]; then
  echo "no dist/: the notebook imports what is built; run npm run build first" >&2
  exit 1
fi

state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

# What executes and draws. Deno's own binary comes in its package: no script has to fetch it.
npm ci --prefix "$here" --ignore-scripts
rm -rf "$here/.venv"
if ! python3 -m venv "$here/.venv"; then
  echo "python3 cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2
  exit 1
fi
"$here/.venv/bin/pip" install --quiet --no-deps --requirement "$here/requirements.txt"

# A client and a kernel that know of nothing but each other.
export JUPYTER_DATA_DIR=$state/jupyter JUPYTER_CONFIG_DIR=$state/config JUPYTER_RUNTIME_DIR=$state/run
export JUPYTER_NO_CONFIG=1 DENO_DIR=$state/deno DENO_NO_UPDATE_CHECK=1 DENO_NO_PROMPT=1 NO_COLOR=1
unset JUPYTER_PATH JUPYTER_CONFIG_PATH
deno=$("$here/node_modules/.bin/deno" eval 'console.log(Deno.execPath())')
mkdir -p "$JUPYTER_DATA_DIR/kernels/deno"
DENO=$deno node -p 'JSON.stringify({
  argv: [process.env.DENO, "jupyter", "--kernel", "--conn", "{connection_file}"],
  display_name: "Deno",
  language: "typescript",
})' >"$JUPYTER_DATA_DIR/kernels/deno/kernel.json"

mkdir -p "$out"
"$here/.venv/bin/python" "$here/execute.py" "$notebook" "$out/80-20.ipynb"
node "$here/render.js" "$out/80-20.ipynb" "$out"

# The pictures of the examples, drawn in the same way.
for example in 05-who-is-high-risk 06-try-a-rule; do
  (cd "$project" && npx tsx "examples/$example.ts" "$out/specs" >/dev/null)
done
node "$here/render.js" "$out"/specs/*.vl.json "$out"
