"""What all functions of the pipeline agree on."""
