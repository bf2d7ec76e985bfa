"""Names: the words that they are made of, and whether two of them may name the same.

One answer for attribution, the library and verification alike. Nothing here knows an article.
"""
