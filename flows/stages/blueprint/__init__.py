"""Second stage: an interview becomes the exact plan of an application."""
