#!/bin/sh
# Makes the pictures of the README again, from the scenes as they are: sh docs/images/make.sh
set -eu
cd "$(dirname "$0")/../.."
nnmath=.venv/bin/nnmath
out=docs/images
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One still for every video of the gallery: the beat that says most.
picture() {
    "$nnmath" still "$1" --at "$2" --quality draft --out "$work" >/dev/null
    name=$(printf %s "$1" | tr @ -)
    .venv/bin/python - "$work/$name-$2.png" "$out/$name.png" <<'PYTHON'
import sys

from PIL import Image

picture = Image.open(sys.argv[1]).convert("RGB").resize((480, 270), Image.Resampling.LANCZOS)
picture.quantize(128, dither=Image.Dither.NONE).save(sys.argv[2], optimize=True)
PYTHON
}

picture two-curves@easy labels
picture two-curves@hard question
picture basis-vectors@shear area
picture basis-vectors@rotation landing
picture basis-vectors@projection landing
picture basis-vectors@flip area
picture matrix-as-layer@1x2-symbolic output
picture matrix-as-layer@1x2-numbers output
picture matrix-as-layer@2x2-symbolic rows
picture matrix-as-layer@2x3-symbolic rows
picture matrix-as-layer@random rows
picture one-layer-map@article numbers
picture one-layer-classifier@guess threshold
picture one-layer-classifier@trained threshold
picture one-layer-classifier@hard verdict
picture harder-curves@article verdict
picture two-linear-layers@hard score
picture activation-functions@relu over
picture activation-functions@all compare
picture relu-folding@hard separate
picture gradient-descent@slope step
picture gradient-descent@small-step repeat
picture gradient-descent@large-step repeat

# Three that move.
for scene in relu-folding basis-vectors@rotation one-layer-classifier@guess; do
    "$nnmath" render "$scene" --quality draft --format gif --max-size 1MB --out "$work" >/dev/null
    name=$(printf %s "$scene" | tr @ -)
    cp "$work/$name.gif" "$out/$name.gif"
done
