"""The pipeline, its stages, its hooks, its remote control and the scheduled flows."""
