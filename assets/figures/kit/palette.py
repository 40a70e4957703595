"""Colours. A material is a base and a shade; every fill that touches a line stays lighter than
grey 118, so that a 1-bit photocopy keeps the line."""

LINE = "#24384A"
ARROW, CORE = "#B3261E", "#111111"
PANEL = "#EAF2F5"
WHITE = "#FFFFFF"
SPOT = "#F2B8A8"
CREAM, CREAM_EDGE = "#F6D27A", "#D9A432"
WATER = "#CFDDE3"

SHADES = {
    "floor": ("#CFDDE3", "#B9CBD3"),
    "table": ("#9FB8C4", "#86A2B0"),
    "bench": ("#F4F6F7", "#DEE4E8"),
    "seat": ("#F4F6F7", "#DEE4E8"),
    "towel": ("#FFF6DE", "#F0DDB0"),
    "skin": ("#E8BE99", "#D39B73"),
    "hand": ("#FBE4D0", "#F0CFB2"),
    "skin2": ("#C4926C", "#AD7C57"),
    "shorts": ("#6FA5C2", "#5589A7"),
    "shirt": ("#E4EEF2", "#C9DAE2"),
    "scrubs": ("#72B5AB", "#57988D"),
    "stripe": ("#C8553D", "#A7402B"),
    "cloth": ("#FFFFFF", "#D9E4EA"),
    "hair": ("#5A4636", "#46362A"),
    "sock": ("#FFFFFF", "#D5DEE4"),
    "shoe": ("#8494A1", "#6C7C8A"),
    "bottle": ("#FFFFFF", "#D9E4EA"),
    "oil": ("#F2C14E", "#D9A432"),
    "device": ("#8494A1", "#6C7C8A"),
    "head": ("#F4F6F7", "#DEE4E8"),
    "warm": ("#D9705A", "#C4604C"),
}
MATERIALS = ["", *SHADES]
SAME_OUTLINE = {"stripe": "towel", "floor": ""}  # no line between these
ARMS = {"skin": "hand"}  # a person's arms and face: lighter than the leg that the hands lie on
NAIL = {"skin": ("#FFF5EC", "#B97F5B")}
