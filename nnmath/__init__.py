"""The mathematics of small neural networks, with every intermediate value. Its public names are all here."""

from nnmath.activations import (
    Activation,
    find_activation,
    identity,
    leaky_relu,
    relu,
    sigmoid,
    softmax,
    tanh,
)
from nnmath.arrays import FloatArray, IntArray
from nnmath.backpropagation import Backpropagation, LayerGradient, backpropagate
from nnmath.classification import BestThreshold, accuracy, best_threshold, count_right
from nnmath.datasets import Dataset, fruit, people, two_curves, xor
from nnmath.descent import LossSlice, WeightDescent
from nnmath.files.points import read_csv
from nnmath.interleaving import interleaved_order
from nnmath.linear_map import LinearMap, between_maps
from nnmath.loss_plane import LossPlane, PlaneDescent
from nnmath.losses import (
    Loss,
    binary_cross_entropy,
    cross_entropy,
    find_loss,
    half_squared_error,
    mean_squared_error,
    negative_log,
)
from nnmath.network import (
    ForwardPass,
    Layer,
    Network,
    collapse_linear,
    random_network,
    rescale_hidden,
)
from nnmath.optimizers import LBFGS, Adam, GradientDescent, Momentum, Optimizer
from nnmath.plane_map import PlaneMap
from nnmath.pruning import prune
from nnmath.regions import LinearRegion, decision_boundary, linear_regions
from nnmath.separating_line import BestLine, best_line, linearly_separable
from nnmath.training import TrainingOptions, TrainingRun, best_of_seeds, fit, train_classifier
from nnmath.tying import fit_tied
from nnmath.weight_place import WeightPlace

__all__ = [
    "LBFGS",
    "Activation",
    "Adam",
    "Backpropagation",
    "BestLine",
    "BestThreshold",
    "Dataset",
    "FloatArray",
    "ForwardPass",
    "GradientDescent",
    "IntArray",
    "Layer",
    "LayerGradient",
    "LinearMap",
    "LinearRegion",
    "Loss",
    "LossPlane",
    "LossSlice",
    "Momentum",
    "Network",
    "Optimizer",
    "PlaneDescent",
    "PlaneMap",
    "TrainingOptions",
    "TrainingRun",
    "WeightDescent",
    "WeightPlace",
    "accuracy",
    "backpropagate",
    "best_line",
    "best_of_seeds",
    "best_threshold",
    "between_maps",
    "binary_cross_entropy",
    "collapse_linear",
    "count_right",
    "cross_entropy",
    "decision_boundary",
    "find_activation",
    "find_loss",
    "fit",
    "fit_tied",
    "fruit",
    "half_squared_error",
    "identity",
    "interleaved_order",
    "leaky_relu",
    "linear_regions",
    "linearly_separable",
    "mean_squared_error",
    "negative_log",
    "people",
    "prune",
    "random_network",
    "read_csv",
    "relu",
    "rescale_hidden",
    "sigmoid",
    "softmax",
    "tanh",
    "train_classifier",
    "two_curves",
    "xor",
]
