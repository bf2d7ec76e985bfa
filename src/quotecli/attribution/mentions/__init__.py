"""The names in an article and what people are called there, before anybody asks who speaks.

`tokens` are its capitalised words with what the network sees in each; `pieces` cuts them into names; `spotting` puts
these together with `kinds` (people, organisations, places) and `families`. `phrases` reads what a noun phrase calls
somebody, `roles` what stands before and behind a name. The speakers' room sorts all this into people and bodies.
"""
