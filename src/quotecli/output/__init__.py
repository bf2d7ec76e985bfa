"""Statements, speakers and articles as text for people and for programs: pure functions that yield pieces of text."""
