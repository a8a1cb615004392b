"""From an explainer and its parameters to finished files."""
