"""Where artifacts are kept, their keys and their archives; knows neither Prefect nor the database."""
