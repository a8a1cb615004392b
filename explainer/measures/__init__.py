"""What the audit measures, one noun a module; all from mobjects, nothing from pixels."""
