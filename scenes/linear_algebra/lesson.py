"""The lesson's scenes in their order; no scene imports it, so that a new one changes no other's video."""

from scenes.definition import Lesson

LESSON = Lesson(
    key="linear-algebra",
    title="A network is linear algebra",
    number=1,
    scenes=(
        "two-curves",
        "basis-vectors",
        "matrix-as-layer",
        "one-layer-map",
        "one-layer-classifier",
        "harder-curves",
        "two-linear-layers",
        "activation-functions",
        "relu-folding",
        "gradient-descent",
    ),
)
