"""What runs with the application's own Python, beside it: standard library and pytest only."""
