"""What scenes share that judge points by their scores and a threshold."""

from __future__ import annotations

from typing import Any, Protocol

from nnmath import BestThreshold, Dataset, FloatArray
from scenes.parts.charts.number_line import NumberLine
from scenes.parts.charts.score_strips import ScoreStrips
from scenes.parts.writing.counter import Counter
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import LABEL_SIZE
from scenes.style.numerals import PLACES, math_number
from scenes.style.theme import CLASS_ROLES


class ScoredNumbers(Protocol):
    """Points, the score of each, `(n,)`, and the threshold that parts the classes best."""

    @property
    def dataset(self) -> Dataset: ...

    @property
    def scores(self) -> FloatArray: ...

    @property
    def threshold(self) -> BestThreshold: ...


def counted(threshold: BestThreshold) -> dict[str, int]:
    """Return how many points are right, and of how many, as captions and labels name them."""
    return {"right": threshold.right, "total": threshold.total}


def right_counter(scene: ExplainerScene[Any, Any], right: int, total: int) -> Counter:
    """Return the large count of how many points are right, of so many, in the scene's words."""
    words = scene.words.label("of_right", total=total)
    return Counter(scene.theme, words, scene.settings.locale, right, widest=total)


def strips_over(
    scene: ExplainerScene[Any, Any], line: NumberLine, numbers: ScoredNumbers, places: int = PLACES
) -> ScoreStrips:
    """Return the strips into which scores rise from their line, named in the scene's words."""
    first, second = (scene.label(f"class_{k}", role=CLASS_ROLES[k], halo=True) for k in (0, 1))
    return ScoreStrips(
        scene.layout.stage,
        scene.theme,
        line,
        numbers.scores,
        numbers.dataset.labels,
        numbers.threshold.value,
        scene.formula(f"s = {math_number(numbers.threshold.value, places)}", halo=True),
        (first, second),
        lambda k, count: scene.formula(f"times {count}", size=LABEL_SIZE, role=CLASS_ROLES[k], halo=True),
    )
