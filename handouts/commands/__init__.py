"""The commands, one a module: options in, one library call, plain output.

Each module holds its Click command (or group) as `command`, and is imported when it is asked for.
"""
