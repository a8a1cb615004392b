"""From an explainer and its parameters to finished files."""

from explainer import own_packages as own_packages
