"""Derives the handouts' body face from Atkinson Hyperlegible 1.006 and keeps it beside this file.

    python3 -m venv /tmp/fonts
    /tmp/fonts/bin/pip install fonttools==4.68.0 fontpkg-atkinson-hyperlegible==1.6
    /tmp/fonts/bin/python assets/fonts/make.py

Nobody needs it to use, test or build handouts: the two files are kept, and the wheel leaves this
script out. Its zero has no stroke, so that "10 minutes" reads as ten to whoever never saw a struck
zero; the one with a stroke is glyph `zero.slash`, reached by the feature `zero`, for numbers of
records. Widths and all other outlines are those of the original; hinting is left out. The licence
of the original (OFL.txt) names no reserved font name; a derived face has a name of its own all the
same.
"""

from pathlib import Path

import fontpkg_atkinson_hyperlegible
from fontTools import subset
from fontTools.otlLib.builder import buildLookup, buildSingleSubstSubtable
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import Feature, FeatureRecord

HERE = Path(__file__).parent
SOURCE = fontpkg_atkinson_hyperlegible.ROOT
OLD, NEW = "Atkinson Hyperlegible", "Hyperlegible Plain Zero"
EPOCH = 3_850_000_000  # seconds from 1904: the same bytes on every day
# The hole of the zero: the source's own curve where no stroke crosses it, its other half the same
# turned by half a turn. The first point, then for each curve its points off and on the outline.
HOLES = {
    "Regular": ((324, 606), [[(236, 606), (151, 466), (151, 335)], [(151, 204), (236, 62),
                (324, 62)], [(412, 62), (497, 204), (497, 335)], [(497, 466), (412, 606),
                (324, 606)]]),
    "Bold": ((331, 567), [[(272, 567), (201, 456), (201, 335)], [(201, 214), (273, 101),
             (331, 101)], [(389, 101), (461, 214), (461, 335)], [(461, 456), (390, 567),
             (331, 567)]]),
}


def main():
    """Writes both weights and the licence."""
    for weight in HOLES:
        file = SOURCE / "files" / f"AtkinsonHyperlegible-{weight}.ttf"
        font = TTFont(file, recalcTimestamp=False)
        strike_out(font)
        font["glyf"]["zero"] = plain_zero(font, weight)
        rename(font)
        font["head"].modified = EPOCH
        slim(font).save(HERE / f"HyperlegiblePlainZero-{weight}.ttf")
    (HERE / "OFL.txt").write_bytes((SOURCE / "LICENSE").read_bytes())


def strike_out(font):
    """Keeps the struck zero as the last glyph, reached from the plain one by the feature `zero`."""
    glyphs = [*font.getGlyphOrder(), "zero.slash"]
    font["glyf"]["zero.slash"] = font["glyf"]["zero"]
    font["hmtx"]["zero.slash"] = font["hmtx"]["zero"]
    font.setGlyphOrder(glyphs)
    font["glyf"].setGlyphOrder(glyphs)
    table = font["GSUB"].table
    table.LookupList.Lookup.append(buildLookup(
        [buildSingleSubstSubtable({"zero": "zero.slash"})]))
    table.LookupList.LookupCount += 1
    record, record.Feature = FeatureRecord(), Feature()
    record.FeatureTag = "zero"
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [table.LookupList.LookupCount - 1]
    record.Feature.LookupCount = 1
    table.FeatureList.FeatureRecord.append(record)  # sorted by tag: the last
    table.FeatureList.FeatureCount += 1
    for script in table.ScriptList.ScriptRecord:
        for system in (script.Script.DefaultLangSys,
                       *(language.LangSys for language in script.Script.LangSysRecord)):
            system.FeatureIndex.append(len(table.FeatureList.FeatureRecord) - 1)
            system.FeatureCount += 1


def plain_zero(font, weight):
    """The zero's outer contour, and its whole hole."""
    drawn, pen = RecordingPen(), TTGlyphPen(font.getGlyphSet())
    font.getGlyphSet()["zero"].draw(drawn)
    for command, points in drawn.value:
        getattr(pen, command)(*points)
        if command == "closePath":
            break
    start, curves = HOLES[weight]
    pen.moveTo(start)
    for points in curves:
        pen.qCurveTo(*points)
    pen.closePath()
    return pen.glyph()


def rename(font):
    """Its own name wherever the source's stands, and what was changed."""
    for record in list(font["name"].names):
        text = record.toUnicode()
        told = text.replace(OLD, NEW).replace(OLD.replace(" ", ""), NEW.replace(" ", ""))
        if record.nameID == 5:
            told = "Version 1.006; the zero without its stroke"
        if record.nameID == 0:
            told += f" {NEW} is {OLD} 1.006 with a plain zero, by the makers of handouts."
        font["name"].setName(told, record.nameID, record.platformID, record.platEncID,
                             record.langID)


def slim(font):
    """Without hinting, signature and names of glyphs; every glyph and feature stays."""
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"],
                             name_languages=["*"], name_legacy=True, notdef_outline=True,
                             glyph_names=False, recommended_glyphs=True, retain_gids=True,
                             drop_tables=["DSIG", "gasp"])
    cut = subset.Subsetter(options)
    cut.populate(glyphs=font.getGlyphOrder())
    cut.subset(font)
    return font


if __name__ == "__main__":
    main()
