"""The lesson's scenes in their order; no scene imports it, so that a new one changes no other's video."""

from scenes.definition import Lesson

LESSON = Lesson(
    key="learning",
    title="How a network learns",
    number=2,
    steps=(
        "neuron",
        "forward-pass",
        "loss",
        "gradient-descent",
        "learning-rate",
        "loss-surface",
        "backpropagation",
    ),
)
