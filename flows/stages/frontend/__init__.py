"""The frontend stage: pages, forms and styles of the application."""
