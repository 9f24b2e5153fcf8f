"""The backend stage: data model, migrations, JSON API and tests of the application."""
