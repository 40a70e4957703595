"""What a record system calls things → a cause, a side, flags: by code, else by words.

`codes` finds the cause that a diagnosis code stands for, `flagcodes` the flags that a code sets,
`medicines` those of a medicine or procedure, `named` those of a condition that has no code.
What each means is data: the pack's codes/ folder.
"""
