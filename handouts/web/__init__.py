"""The local page: the same handouts for people who don't use terminals, on 127.0.0.1 only.

    server → guard (who may ask) → app (addresses) → handout: form → work → checked → view → answers
                                                   → shelf, room, clinic: saved choices, the
                                                     waiting room, the practice
                                                   → table: batches → downloads
                                                   → ehr: what record systems ask for

The only folder that knows the web framework. Nothing about a patient is in an address, a log or a
file; what a preview or a batch needs is kept for minutes, today's list for the day, and all of it
in memory alone.
"""
