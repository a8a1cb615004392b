"""How wrong predictions are: squared errors, or −log of the chance that they gave to the truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import Field, model_validator

from nnmath import FloatArray, mean_squared_error, negative_log
from scenes.definition import SceneDefinition, SceneParameters
from scenes.style.numerals import shown

MOST_EXAMPLES = 6
# Nearer to 0 and to 1 a probability that is wrong costs more than a picture can hold.
LEAST_CHANCE, MOST_CHANCE = 0.001, 0.999
# The decimals of a probability that moves.
CHANCE_PLACES = 3

Value: TypeAlias = Annotated[float, Field(ge=-999.99, le=999.99)]
Values: TypeAlias = Annotated[tuple[Value, ...], Field(min_length=1, max_length=MOST_EXAMPLES)]
Size: TypeAlias = Annotated[float, Field(ge=0.001, le=1000)]
Kind: TypeAlias = Literal["mean_squared_error", "binary_cross_entropy"]

SQUARED_BEATS = ("examples", "signed", "squares", "growth", "pour", "improve", "cost")
ENTROPY_BEATS = ("chances", "curve", "bars", "mean", "compare", "likelier")


class LossParameters(SceneParameters):
    """Parameters of `loss`."""

    loss: Kind = Field(
        "mean_squared_error", description="what a miss costs: its square, or −log of the truth's probability"
    )
    targets: Values = Field(
        (1.0, 0.0, 0.0, 1.0), description="what each example should come to, 1 to 6; classes 0 and 1 for −log"
    )
    predictions: Values | None = Field(
        None,
        description="what each example comes to; probabilities of class 1, from 0.001 to 0.999, for −log;"
        " if left out, all 0, or 0.5 for −log",
    )
    closer: float = Field(
        0.5, ge=0, le=1, description="share of the way to their targets that predictions go when they improve"
    )
    pair: tuple[Value, Value] = Field((100.0, -100.0), description="two errors whose mean is taken")
    growth: tuple[Size, Size] = Field(
        (0.01, 100.0), description="error that grows, and what it grows to, at least twice as large"
    )
    least: float = Field(
        0.01,
        ge=LEAST_CHANCE,
        le=0.5,
        description="probability down to which the truth's slides along −log",
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        count = len(self.targets)
        if self.predictions is not None and len(self.predictions) != count:
            raise ValueError(
                f"predictions has {len(self.predictions)} numbers but targets has {count}; give one for each"
            )
        if self.growth[1] < 2 * self.growth[0]:
            raise ValueError(
                f"growth goes from {self.growth[0]:g} to {self.growth[1]:g};"
                " the second number must be at least twice the first"
            )
        if self.loss == "binary_cross_entropy":
            self._are_probabilities()
        return self

    def _are_probabilities(self) -> None:
        for k, target in enumerate(self.targets):
            if target not in (0.0, 1.0):
                raise ValueError(
                    f"targets[{k}] is {target:g}; for binary_cross_entropy every target is a class, 0 or 1"
                )
        for k, p in enumerate(self.predictions or ()):
            if not LEAST_CHANCE <= p <= MOST_CHANCE:
                raise ValueError(
                    f"predictions[{k}] is {p:g}; for binary_cross_entropy every prediction is a probability"
                    f" from {LEAST_CHANCE:g} to {MOST_CHANCE:g}, since −log 0 is infinite"
                )

    @property
    def entropy(self) -> bool:
        """Whether a miss costs −log."""
        return self.loss == "binary_cross_entropy"

    def given(self) -> tuple[float, ...]:
        """Return the predictions, those that are meant if none are given."""
        return self.predictions or (0.5 if self.entropy else 0.0,) * len(self.targets)


@dataclass(frozen=True)
class LossNumbers:
    """Examples, how far predictions miss their targets, and what that costs.

    An error is target − prediction. All that moves is a state of errors `(n,)`; what they cost is computed of
    them at every instant.

    Attributes:
        closer: share of the way to their targets that the predictions go.
        pair: two errors. growth: an error before and after it grows. least: the end of the slide along −log.
    """

    entropy: bool
    targets: FloatArray
    predictions: FloatArray
    closer: float
    pair: tuple[float, float]
    growth: tuple[float, float]
    least: float

    def __len__(self) -> int:
        return len(self.targets)

    @cached_property
    def errors(self) -> FloatArray:
        """Target − prediction of each example, `(n,)`."""
        # Exact where a user reads it: 1 − 0.9 is 0.1.
        return np.array(
            [shown(error, 12) if abs(error) > 1e-9 else error for error in self.targets - self.predictions]
        )

    @cached_property
    def improved(self) -> FloatArray:
        """The errors once the predictions are closer, `(n,)`."""
        return self.improving(1.0)

    def improving(self, share: float) -> FloatArray:
        """Return the errors when so much of the improvement is done, `(n,)`."""
        return self.errors * (1.0 - share * self.closer)

    @property
    def costliest(self) -> int:
        """Which example costs most, before and after the improvement; the first of several."""
        return int(np.argmax(np.abs(self.errors)))

    def mending(self, share: float) -> FloatArray:
        """Return the errors when the costliest example has gone so much of its own way to its target."""
        errors = self.improved.copy()
        errors[self.costliest] *= 1.0 - share
        return errors

    def squares(self, errors: FloatArray) -> FloatArray:
        """Return the squared error of each example, `(n,)`."""
        return np.array([mean_squared_error.value([error], [0.0]) for error in errors.tolist()])

    def mean_square(self, errors: FloatArray) -> float:
        """Return the mean squared error."""
        return mean_squared_error.value(errors, np.zeros(len(errors)))

    def chances(self, errors: FloatArray) -> FloatArray:
        """Return the probability that each prediction gives to the truth, `(n,)`."""
        return 1.0 - np.abs(errors)

    def entropies(self, errors: FloatArray) -> FloatArray:
        """Return −log of the probability of each example's truth, `(n,)`."""
        return negative_log(self.chances(errors))

    def mean_entropy(self, errors: FloatArray) -> float:
        """Return the binary cross-entropy, the mean of all −log."""
        return float(np.mean(self.entropies(errors)))

    @property
    def sums(self) -> tuple[float, float]:
        """The sum of the pair of errors, and that of their sizes."""
        a, b = self.pair
        # As exact as they were given: 0.1 + 0.2 is 0.3.
        return shown(a + b, 10), shown(abs(a) + abs(b), 10)

    def captions(self) -> dict[str, str]:
        single, moves = len(self) == 1, self.closer > 0
        if self.entropy:
            return {
                "bars": "bars-tower" if self.towers else "bars",
                "mean": "mean-one" if single else "mean",
                "likelier": "likelier" if moves else "likelier-not",
            }
        right = not self.errors.any()
        better = "improve" if moves else "improve-not"
        return {
            "examples": self._examples_caption(),
            "signed": self._signed_caption(),
            "squares": "squares-none" if right else "squares",
            "pour": "pour-none" if right else "pour-one" if single else "pour",
            "improve": "improve-right" if right else better,
            "cost": "cost-one" if single else "cost",
        }

    @property
    def towers(self) -> bool:
        """Whether one example was given less than even chances and costs more than all others together."""
        entropies, worst = self.entropies(self.errors), int(np.argmax(np.abs(self.errors)))
        return bool(
            self.chances(self.errors)[worst] < 0.5
            and 2 * entropies[worst] > entropies.sum()
            and len(self) > 1
        )

    def _examples_caption(self) -> str:
        if not self.errors.any():
            return "examples-right"
        return "examples-one" if len(self) == 1 else "examples"

    def _signed_caption(self) -> str:
        a, b = self.pair
        if a == 0 or b == 0:
            return "signed-none" if a == b else "signed-one"
        if a * b > 0:
            return "signed-agree"
        return "signed" if self.sums[0] == 0 else "signed-partly"

    def results(self) -> dict[str, Any]:
        errors, improved = self.errors, self.improved
        told: dict[str, Any] = {
            "targets": self.targets.tolist(),
            "predictions": self.predictions.tolist(),
            "squared_errors": self.squares(errors).tolist(),
            "mean_squared_error": self.mean_square(errors),
            "improved_mean_squared_error": self.mean_square(improved),
        }
        if self.entropy:
            told["chances"] = self.chances(errors).tolist()
            told["entropies"] = self.entropies(errors).tolist()
            told["binary_cross_entropy"] = self.mean_entropy(errors)
            told["improved_binary_cross_entropy"] = self.mean_entropy(improved)
            return told
        return told | {
            "errors": errors.tolist(),
            "pair_mean": self.sums[0] / 2,
            "pair_mean_size": self.sums[1] / 2,
            "growth": [[error, error**2] for error in self.growth],
            "mended_mean_squared_error": self.mean_square(self.mending(1.0)),
        }


def compute(parameters: LossParameters) -> LossNumbers:
    """Return the numbers for the parameters."""
    return LossNumbers(
        entropy=parameters.entropy,
        targets=np.array(parameters.targets, dtype=np.float64),
        predictions=np.array(parameters.given(), dtype=np.float64),
        closer=parameters.closer,
        pair=parameters.pair,
        growth=parameters.growth,
        least=parameters.least,
    )


DEFINITION = SceneDefinition(
    home=__name__,
    name="loss",
    summary="How wrong is it? Squared errors and their mean, or −log of the truth's probability.",
    parameters=LossParameters,
    presets={
        "worked": {},
        "cross-entropy": {"loss": "binary_cross_entropy", "predictions": (0.9, 0.2, 0.4, 0.02)},
    },
    beats={
        "examples": ("examples", "examples-one", "examples-right"),
        "signed": ("signed", "signed-partly", "signed-agree", "signed-one", "signed-none"),
        "squares": ("squares", "squares-none"),
        "growth": (),
        "pour": ("pour", "pour-one", "pour-none"),
        "improve": ("improve", "improve-not", "improve-right"),
        "cost": ("cost", "cost-one"),
        "chances": (),
        "curve": (),
        "bars": ("bars", "bars-tower"),
        "mean": ("mean", "mean-one"),
        "compare": (),
        "likelier": ("likelier", "likelier-not"),
    },
    beats_of=lambda parameters: ENTROPY_BEATS if parameters.entropy else SQUARED_BEATS,
    compute=compute,
    captions=LossNumbers.captions,
    drawing="drawing:Loss",
    lesson="scenes.learning.lesson",
    cover={"worked": "pour", "cross-entropy": "bars"},
)
