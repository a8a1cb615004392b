"""What several scenes share in parameters, numbers and choreography."""
