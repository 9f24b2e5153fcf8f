"""The infrastructure stage: packaging, containers, continuous integration, backup and README."""
