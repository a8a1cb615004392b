"""Colour as a viewer sees it: contrast, difference, and colour-blind sight.

Sources: contrast, WCAG 2.2; colour-blind sight, Machado, Oliveira and Fernandes (2009), severity 1;
difference, CIEDE2000 (Sharma, Wu and Dalal, 2005).
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Rgb: TypeAlias = npt.NDArray[np.float64]

_MACHADO = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
SIGHTS = ("typical", *_MACHADO)
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = _TO_XYZ.sum(axis=1)


def rgb(colour: str) -> Rgb:
    """Return `#rrggbb` as three numbers in [0, 1], still gamma-encoded."""
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255.0


def blend(above: Rgb, below: Rgb, opacity: float) -> Rgb:
    """Return what `above` at `opacity` in [0, 1] looks like over `below`."""
    mixed: Rgb = above * opacity + below * (1.0 - opacity)
    return mixed


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the WCAG contrast ratio of two colours, from 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def seen_by(colour: Rgb, sight: str) -> Rgb:
    """Return the colour as it appears to one of `SIGHTS`."""
    if sight == "typical":
        return colour
    linear = np.array(_MACHADO[sight]) @ _linear(colour)
    clipped = np.clip(linear, 0.0, 1.0)
    encoded: Rgb = np.where(clipped <= 0.0031308, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055)
    return encoded


def difference(one: Rgb, other: Rgb) -> float:
    """Return the CIEDE2000 difference of two colours; 1 is just noticeable, 20 is plain."""
    (l1, a1, b1), (l2, a2, b2) = _lab(one), _lab(other)
    mean_c7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * math.sqrt(mean_c7 / (mean_c7 + 25.0**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    delta_l, delta_c = l2 - l1, c2 - c1
    delta_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    weight = (
        1
        - 0.17 * math.cos(math.radians(mean_h - 30))
        + 0.24 * math.cos(math.radians(2 * mean_h))
        + 0.32 * math.cos(math.radians(3 * mean_h + 6))
        - 0.20 * math.cos(math.radians(4 * mean_h - 63))
    )
    scale_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    scale_c = 1 + 0.045 * mean_c
    scale_h = 1 + 0.015 * mean_c * weight
    rotation = (
        -2
        * math.sqrt(mean_c**7 / (mean_c**7 + 25.0**7))
        * math.sin(math.radians(60 * math.exp(-(((mean_h - 275) / 25) ** 2))))
    )
    part_l, part_c, part_h = delta_l / scale_l, delta_c / scale_c, delta_h / scale_h
    return math.sqrt(part_l**2 + part_c**2 + part_h**2 + rotation * part_c * part_h)


def _linear(colour: Rgb) -> Rgb:
    linear: Rgb = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return linear


def _luminance(colour: Rgb) -> float:
    return float(_TO_XYZ[1] @ _linear(colour))


def _lab(colour: Rgb) -> tuple[float, float, float]:
    relative = _TO_XYZ @ _linear(colour) / _WHITE
    x, y, z = np.where(relative > (6 / 29) ** 3, np.cbrt(relative), relative * (29 / 6) ** 2 / 3 + 4 / 29)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))
