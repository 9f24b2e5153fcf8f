"""The mutation check: faults planted into the generated code, each of which must turn a test red."""
