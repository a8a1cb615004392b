"""The lesson's scenes in their order; no scene imports it, so that a new one changes no other's video."""

from scenes.definition import Lesson

LESSON = Lesson(
    key="linear-algebra",
    title="A network is linear algebra",
    number=1,
    steps=(
        "two-curves",
        "basis-vectors",
        "matrix-as-layer",
        "one-layer-map",
        "one-layer-classifier@guess",
        "one-layer-classifier@trained",
        "harder-curves",
        "one-layer-classifier@hard",
        "two-linear-layers",
        "activation-functions",
        "relu-folding",
    ),
)
