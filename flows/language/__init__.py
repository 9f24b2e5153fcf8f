"""The founder's language: the words of English that the stages need, and the grammar of what they say."""
