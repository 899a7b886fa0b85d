"""The commands of ``conflict-kg``; each opens, calls one function, and prints what comes back.

What a command needs is imported inside it, so that only those that parse text load the language model.
"""
