"""Pure rules: who may do what; no database, no clock."""
