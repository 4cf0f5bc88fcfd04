"""Answers of a questionnaire: what is asked where, whom a name means, what an answer says."""
