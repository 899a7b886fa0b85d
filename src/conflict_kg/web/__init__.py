"""The graph over HTTP, for reading: SPARQL 1.1 Protocol, Graph Store Protocol, the stored questions, and a page.

``protocol`` turns a request into a job, ``pool`` hands it to a process, ``work`` does it there, and ``app`` sends the
reply.
"""
