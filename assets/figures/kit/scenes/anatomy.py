"""The knee from the front (a right knee), and what each cause changes in it.

Drawn by hand in layers from back to front; a variant puts something in place of a layer or after
it. `ANCHORS` are where labels point, in units; a variant may move them to what it shows.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from palette import ARROW, LINE, WHITE
from picture import SCENES, Drawing
from svg import document, filled, stroked

FOLDER = Path(__file__).parent.parent.parent
HEIGHT = 700
BONE, BONE_LIGHT, BONE_DARK = "#F4EAD2", "#FBF5E6", "#E2D2AC"
CARTILAGE, MENISCUS, LIGAMENT, LIGAMENT_DARK = "#A9D3E0", "#4F9C94", "#E9A23B", "#C77F1E"
TENDON, TENDON_DARK, MUSCLE, MUSCLE_DARK = "#F3E3DC", "#D9BDB0", "#C8665A", "#A94C42"
BURSA, BURSA_LIGHT, SORE, SWOLLEN = "#5E8FD0", "#9DBDE6", "#E07A6B", "#F0A79B"

ANCHORS = {
    "thigh-muscle": (254, 92), "quadriceps-tendon": (268, 160), "thigh-bone": (204, 258),
    "cartilage": (200, 347), "outer-ligament": (154, 372), "fibula": (160, 450),
    "tendon": (296, 450), "upper-bursa": (364, 160), "kneecap": (356, 230), "bursa": (326, 266),
    "ligament": (444, 318), "meniscus": (404, 369), "cruciate": (312, 354),
    "inner-bursa": (398, 484), "shin-bone": (330, 560)}

_SKIN = ("M103 60C108 100 112 136 112 170C112 220 100 250 100 300C100 350 112 380 108 430C105 490 "
         "109 550 114 598")
_SKIN_BACK = ("482 598C490 546 497 498 492 450C488 400 508 370 506 310C504 250 486 220 486 170C486 "
              "130 490 94 495 60")
_FIBULA = ("M156 412C176 408 192 422 190 444C188 466 178 486 178 522L181 598L148 598L146 522"
           "C145 492 130 474 129 448C128 426 138 414 156 412Z")
_FEMUR = ("M243 60C245 94 246 130 238 160C227 202 188 222 171 256C157 288 158 318 178 337"
          "C204 356 246 352 269 337C281 328 288 316 301 316C314 316 322 329 334 338"
          "C359 355 401 357 426 336C446 316 447 284 430 254C412 220 374 202 363 160"
          "C356 130 356 94 357 60Z")
_CAP = ("M164 292C160 312 166 328 180 339C206 357 247 353 270 338C281 329 288 317 301 317"
        "C314 317 322 330 334 339C359 356 401 358 426 337C440 324 444 306 440 288")
_TIBIA = ("M158 386C196 376 244 381 274 374C286 368 290 356 297 356C302 356 303 364 307 364"
          "C311 364 312 356 318 356C324 357 328 368 340 374C368 381 412 376 446 386"
          "C454 408 438 432 414 450C386 474 368 506 362 562L361 598L242 598L240 562"
          "C234 508 212 474 188 452C164 434 150 408 158 386Z")
_OUTER_MENISCUS = ("M152 350C166 348 176 352 196 358C224 364 250 362 270 354"
                   "C262 366 256 372 246 374"
                   "C214 378 176 376 156 380C148 372 147 358 152 350Z")
_INNER_MENISCUS = ("M452 350C438 348 428 352 408 359C382 365 354 362 334 354"
                   "C342 366 348 372 358 374"
                   "C390 378 428 376 448 380C456 372 457 358 452 350Z")
_MCL = ("M440 262C456 300 462 350 452 402C446 440 430 470 412 500C404 502 396 496 396 488"
        "C414 458 428 430 432 398C440 350 434 304 422 268C424 258 436 256 440 262Z")
_LCL = ("M162 264C152 300 146 360 148 422C152 432 164 432 168 422C166 362 170 308 180 270"
        "C180 258 166 256 162 264Z")
_MUSCLE = "M214 60C226 86 242 106 262 122C282 138 320 138 340 122C360 106 376 86 388 60Z"
_QUAD_TENDON = ("M262 118C266 150 262 180 256 210C282 196 320 196 346 210C340 180 336 150 340 118"
                "C322 132 280 132 262 118Z")
_PATELLAR = ("M262 296C270 352 276 424 280 492C284 512 318 512 322 492C326 424 332 352 340 296"
             "C326 316 276 316 262 296Z")
_PATELLA = ("M301 194C344 192 368 218 366 250C364 284 328 314 301 324C274 314 238 284 236 250"
            "C234 218 258 192 301 194Z")


def _part(data, fill, width=3.6):
    return stroked(data, width, LINE, fill)


def _strands(pairs, colour):
    return stroked("".join(f"M{a} {b}L{c} {d}" for a, b, c, d in pairs), 2.2, colour)


def layers():
    """The healthy knee, layer by layer."""
    return {
        "skin": filled(f"{_SKIN}L{_SKIN_BACK}Z", "#FAEBDD")
        + stroked(f"{_SKIN}M{_SKIN_BACK}", 3.2, "#C9966F"),
        "fibula": filled(_FIBULA, BONE) + filled(
            "M176 598L174 522C174 486 184 466 186 440C188 428 184 418 176 413"
            "C188 418 192 430 190 444"
            "C188 466 178 486 178 522L181 598Z", BONE_DARK) + _part(_FIBULA, "none"),
        "femur": stroked(_CAP, 19) + filled(_FEMUR, BONE) + filled(
            "M243 60C245 94 246 130 238 160C227 202 188 222 171 256C184 240 214 226 236 206"
            "C256 186 265 120 267 60Z", BONE_LIGHT) + filled(
            "M357 60C356 94 356 130 363 160C374 202 412 220 430 254C447 284 446 316 426 336"
            "C420 341 412 345 404 347C420 322 424 290 408 262C390 230 352 210 340 166"
            "C335 140 335 100 335 60Z", BONE_DARK) + _part(_FEMUR, "none"),
        "femur-cartilage": stroked(_CAP, 12, CARTILAGE),
        "tibia": filled(_TIBIA, BONE) + filled(
            "M446 386C454 408 438 432 414 450C386 474 368 506 362 562L361 598L335 598L336 560"
            "C342 506 362 470 390 444C410 426 424 406 420 382C430 382 438 384 446 386Z", BONE_DARK
        ) + _part(_TIBIA, "none"),
        "tibia-cartilage": stroked("M166 385C200 378 244 382 272 376M342 376"
                                   "C370 382 410 378 438 385",
                                   7, CARTILAGE),
        "outer-meniscus": _part(_OUTER_MENISCUS, MENISCUS, 3),
        "meniscus": _part(_INNER_MENISCUS, MENISCUS, 3),
        "cruciates": _part("M274 322C282 334 304 352 316 366L330 362C320 346 300 328 290 317Z",
                           LIGAMENT, 2.6)
        + _part("M328 322C320 334 302 350 290 366L276 362"
                "C286 346 302 328 312 317Z", "#F3BE6B", 2.6),
        "upper-bursa": _part("M232 150C236 118 268 104 301 104C334 104 366 118 370 150"
                             "C374 182 360 206 344 214L258 214C242 206 228 182 232 150Z", BURSA, 3),
        "mcl": _part(_MCL, LIGAMENT) + stroked(
            "M433 274C446 310 450 352 442 400C436 436 420 468 406 490", 2.2, LIGAMENT_DARK),
        "lcl": _part(_LCL, LIGAMENT) + stroked("M170 272C160 310 156 364 158 420", 2.2,
                                               LIGAMENT_DARK),
        "inner-bursa": _part("M372 470C384 458 404 462 406 478C406 494 388 506 374 500"
                             "C362 494 362 480 372 470Z", BURSA, 3),
        "muscle": filled(_MUSCLE, MUSCLE) + filled(
            "M388 60C376 86 360 106 340 122C332 128 322 132 312 134C332 112 346 88 354 60Z",
            MUSCLE_DARK) + _part(_MUSCLE, "none") + stroked(
            "M236 68C246 84 256 96 270 108M264 66C270 86 276 100 284 114M301 64L301 100", 2,
            MUSCLE_DARK) + stroked(
            "M338 66C334 84 328 100 318 114M364 68C356 84 346 96 334 108", 2, "#8F3B33"),
        "quadriceps-tendon": _part(_QUAD_TENDON, TENDON) + _strands(
            [(x, 136, x, 196) for x in (276, 289, 301, 313, 326)], TENDON_DARK),
        "tendon": _part(_PATELLAR, TENDON) + _strands(
            [(276, 322, 288, 488), (289, 322, 295, 488), (301, 322, 301, 488),
             (313, 322, 307, 488), (326, 322, 314, 488)], TENDON_DARK) + _hidden_cruciates(),
        "patella": filled(_PATELLA, "#FBF3DF") + filled(
            "M366 250C364 284 328 314 301 324C290 320 278 313 267 305C310 300 344 272 346 206"
            "C360 216 367 232 366 250Z", BONE_DARK) + _part(_PATELLA, "none", 4.2),
        "bursa": _part("M301 226C326 226 338 244 334 262C330 282 314 294 301 296"
                       "C288 294 272 282 268 262C264 244 276 226 301 226Z", BURSA_LIGHT, 3),
    }


def _hidden_cruciates():
    """The cruciate ligaments behind the tendon, dashed."""
    dashes = ""
    for start, end in (((276, 322), (322, 364)), ((326, 322), (280, 364))):
        start, end = np.array(start, float), np.array(end, float)
        along = (end - start) / np.linalg.norm(end - start)
        for side in (-6, 6):
            aside = np.array([-along[1], along[0]]) * side
            for at in range(3):
                a, b = (start + (end - start) * part / 3 + aside for part in (at, at + 0.62))
                dashes += f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}"
    return (stroked("M276 322L322 364M326 322L280 364", 11, "#F6D9A6")
            + stroked(dashes, 2.6, "#8A4F0E"))


# -- what each cause changes -----------------------------------------------------------------------


def _crack(data, width=5):
    return stroked(data, width + 7, WHITE) + stroked(data, width, ARROW)


def _osteoarthritis(knee):
    """Cartilage thin and broken, bone rough, spurs at the inner edge, less room between."""
    worn = "M336 341C350 348 366 351 382 351M392 350C404 347 416 343 426 337"
    knee["femur-cartilage"] = stroked(
        "M164 292C160 312 166 328 180 339C206 357 247 353 270 338C281 329 288 317 301 317C310 317 "
        "318 324 325 331M440 310C440 302 441 296 440 288", 12, CARTILAGE) + stroked(
        worn, 13, SWOLLEN) + stroked(
        "M334 338l9 8 8-4 8 9 9-5 8 7 9-7 8 6 9-8 8 4 7-9 9-4", 3.6)
    knee["tibia-cartilage"] = stroked("M166 385C200 378 244 382 272 376", 7, CARTILAGE) + stroked(
        "M344 377C366 381 400 380 430 383", 9, SWOLLEN)
    knee["meniscus"] = _part("M452 358C434 360 420 363 404 366L396 370C414 373 430 373 446 377"
                             "C454 372 456 364 452 358Z", MENISCUS, 3)
    spurs = ("M430 328C446 322 466 326 468 338C464 350 442 352 424 340Z",
             "M436 382C452 372 474 378 476 390C470 402 452 406 442 404C446 396 444 388 436 382Z")
    knee["meniscus"] += "".join(_part(spur, BONE) for spur in spurs)
    return {"cartilage": (394, 350), "meniscus": (170, 364)}


def _ligament(knee):
    """The inner ligament in two, its ends frayed."""
    knee["mcl"] = _part(
        "M440 262C450 286 456 314 457 344L450 334L447 350L441 336L436 350L436 330"
        "C435 306 430 286 422 268C424 258 436 256 440 262Z", LIGAMENT) + _part(
        "M455 384L449 396L444 380L438 396L433 386C430 426 414 458 396 488C396 496 404 502 412 500"
        "C430 470 446 440 452 402Z", LIGAMENT)
    knee["lcl"] += stroked("M466 352l14-8M468 366h16M466 380l14 8", 5, ARROW)
    return {"ligament": (446, 362)}


def _meniscus(knee):
    """A tear through the inner meniscus."""
    knee["meniscus"] = _part(_INNER_MENISCUS, MENISCUS, 3) + _crack(
        "M384 356l8 7-9 4 9 10", 4.2) + _crack("M392 364c14-3 26-5 36-3", 4.2)
    return {"meniscus": (404, 366)}


def _fracture(knee):
    """A break through the head of the shin bone."""
    knee["tibia"] += _crack("M372 380l-8 26 14 14-18 24 8 20-22 22 6 22-16 16", 5.5)
    knee["tibia"] += _crack("M360 444l-24 10-14 20", 4.2)
    return {"shin-bone": (364, 428)}


def _swollen(knee, fill=SWOLLEN):
    """The joint lining thick at both sides, and fluid inside."""
    outer = ("M150 268C124 300 118 366 140 402C150 408 160 404 160 396C150 366 150 312 168 280"
             "C168 266 158 262 150 268Z")
    inner = ("M452 268C478 300 484 366 462 402C452 408 442 404 442 396C452 366 452 312 434 280"
             "C434 266 444 262 452 268Z")
    knee["lcl"] += _part(outer, fill) + _part(inner, fill)
    knee["upper-bursa"] = knee["upper-bursa"].replace(BURSA, fill)
    return outer, inner


def _lining(knee):
    """The lining inflamed: thick, folded, red."""
    _swollen(knee)
    knee["lcl"] += stroked("M140 300c-6 6-6 12 0 18s6 12 0 18-6 12 0 18 6 12 0 18"
                           "M462 300c6 6 6 12 0 "
                           "18s-6 12 0 18 6 12 0 18-6 12 0 18", 4.2, ARROW)
    return {"cartilage": (134, 348), "bursa": (326, 266)}


def _crystals(knee):
    """Needles of crystal in the joint space."""
    _swollen(knee, "#F6CFC6")
    for x, y, turn in ((186, 352, 20), (214, 368, -30), (242, 354, 60), (168, 372, 80),
                       (352, 356, -50), (378, 370, 15), (402, 354, 70), (430, 366, -20),
                       (134, 320, 70), (136, 356, 110), (466, 322, 60), (464, 358, 120),
                       (262, 372, 5), (338, 372, 100)):
        a = np.radians(turn)
        along, across = np.array([np.cos(a), np.sin(a)]), np.array([-np.sin(a), np.cos(a)])
        points = [np.array([x, y]) + p for p in (along * 17, across * 5, -along * 17, -across * 5)]
        data = "M" + "L".join(f"{p[0]:.0f} {p[1]:.0f}" for p in points) + "Z"
        knee["bursa"] += stroked(data, 3, LINE, WHITE)
    return {"cartilage": (186, 352)}


def _germs(knee):
    """Germs in the joint, and pus around."""
    _swollen(knee, "#EBD98C")
    for x, y, turn in ((184, 354, 20), (214, 366, -30), (246, 356, 50), (352, 358, -50),
                       (384, 368, 15), (420, 358, -20), (134, 312, 70), (137, 352, 110),
                       (467, 316, 60), (464, 356, 120)):
        knee["bursa"] += _germ(x, y, np.radians(turn))
    return {"cartilage": (184, 354)}


def _germ(x, y, turn):
    along = np.array([np.cos(turn), np.sin(turn)]) * 8
    across = np.array([-np.sin(turn), np.cos(turn)]) * 12
    legs = "".join(
        f"M{x + f * along[0] - across[0]:.0f} {y + f * along[1] - across[1]:.0f}"
        f"L{x + f * along[0] + across[0]:.0f} {y + f * along[1] + across[1]:.0f}"
        for f in (-1, 0, 1))
    rod = (f"M{x - along[0]:.0f} {y - along[1]:.0f}L{x + along[0]:.0f} {y + along[1]:.0f}")
    return stroked(legs, 2.6) + stroked(rod, 17) + stroked(rod, 11, "#7FB069")


@dataclass
class View:
    """A knee seen from a side: its layers, anchors, and the part that fills the picture: where it
    begins and how much larger it is drawn."""

    layers: Callable
    anchors: dict
    left: float = 0
    top: float = 0
    scale: float = 1


FRONT = View(layers, ANCHORS, 69, 60, 1.3)


def add_variant(name, title, change, view=FRONT):
    """Registers a knee, and what the cause changes in it."""
    SCENES[name] = lambda: _draw(name, title, change, view)


def _draw(name, title, change, view):
    knee = view.layers()
    moved = change(knee) if change else {}
    anchors = {part: [round((x - view.left) * view.scale / 600, 3),
                      round((y - view.top) * view.scale / HEIGHT, 3)]
               for part, (x, y) in {**view.anchors, **moved}.items()}
    lines = ",\n".join(f'  "{part}": {json.dumps(at)}' for part, at in anchors.items())
    (FOLDER / f"{name}.anchors.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    place = (f"translate({-view.left * view.scale:.0f} {-view.top * view.scale:.0f}) "
             f"scale({view.scale})")
    return Drawing(document(HEIGHT, title, "A right knee.",
                            [f'<g transform="{place}">', *knee.values(), "</g>"], side="right"))


add_variant("anatomy", "Knee, front view", None)
add_variant("anatomy-osteoarthritis", "Knee with thin cartilage", _osteoarthritis)
add_variant("anatomy-ligament", "Knee with a torn ligament", _ligament)
add_variant("anatomy-meniscus", "Knee with a torn meniscus", _meniscus)
add_variant("anatomy-fracture", "Knee with a broken shin bone", _fracture)
add_variant("anatomy-lining", "Knee with a swollen joint lining", _lining)
add_variant("anatomy-crystals", "Knee with crystals in the joint", _crystals)
add_variant("anatomy-germs", "Knee with germs in the joint", _germs)
