"""The mathematics of small neural networks, with every intermediate value."""

from nnmath.activations import Activation, activation, identity, leaky_relu, relu, sigmoid, softmax, tanh
from nnmath.arrays import FloatArray, IntArray
from nnmath.backpropagation import Backpropagation, LayerGradient, backpropagate
from nnmath.classification import BestThreshold, accuracy, best_threshold, count_right
from nnmath.datasets import Dataset, fruit, people, read_csv, two_curves, xor
from nnmath.descent import WeightDescent, descend_one_weight, loss_along_weight
from nnmath.linear_map import LinearMap, between_maps
from nnmath.losses import (
    Loss,
    binary_cross_entropy,
    cross_entropy,
    half_squared_error,
    loss,
    mean_squared_error,
)
from nnmath.network import (
    ForwardPass,
    Layer,
    Network,
    collapse_linear,
    random_network,
    rescale_hidden,
)
from nnmath.plane_map import PlaneMap
from nnmath.regions import LinearRegion, decision_boundary, linear_regions
from nnmath.separating_line import BestLine, best_line, linearly_separable
from nnmath.training import TrainingRun, best_of_seeds, fit, train_classifier

__all__ = [
    "Activation",
    "Backpropagation",
    "BestLine",
    "BestThreshold",
    "Dataset",
    "FloatArray",
    "ForwardPass",
    "IntArray",
    "Layer",
    "LayerGradient",
    "LinearMap",
    "LinearRegion",
    "Loss",
    "Network",
    "PlaneMap",
    "TrainingRun",
    "WeightDescent",
    "accuracy",
    "activation",
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
    "descend_one_weight",
    "fit",
    "fruit",
    "half_squared_error",
    "identity",
    "leaky_relu",
    "linear_regions",
    "linearly_separable",
    "loss",
    "loss_along_weight",
    "mean_squared_error",
    "people",
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
