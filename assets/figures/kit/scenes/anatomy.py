"""The knee from the front (a right knee), and what each cause changes in it.

Drawn by hand in layers from back to front; a variant puts something in place of a layer or after
it. What no label names is grey; what the cause changes is red, black at its core. `ANCHORS` are
where labels point, in units; a variant may move them to what it shows.
"""

import numpy as np
from palette import LINE, WHITE
from svg import filled, stroked

from scenes.knees import View, add_pair, add_variant, sore

BONE, BONE_LIGHT, BONE_DARK = "#F4EAD2", "#FBF5E6", "#E2D2AC"
CARTILAGE, MENISCUS, LIGAMENT, LIGAMENT_DARK = "#4E93B5", "#4F9C94", "#E9A23B", "#C77F1E"
TENDON, TENDON_DARK, MUSCLE, MUSCLE_DARK = "#F3E3DC", "#D9BDB0", "#C8665A", "#A94C42"
BURSA, BURSA_LIGHT, SWOLLEN = "#5E8FD0", "#9DBDE6", "#F0A79B"
METAL, METAL_LIGHT, SPACER = "#9FB8C4", "#DEE4E8", "#9DBDE6"
NAMED = ("skin", "spurs", "femur", "femur-cartilage", "tibia", "tibia-cartilage", "outer-meniscus",
         "meniscus", "muscle", "patella")  # by the labels of most causes

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
        "spurs": "",
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
        "cruciate": "", "pouch": "",
        "mcl": _part(_MCL, LIGAMENT) + stroked(
            "M433 274C446 310 450 352 442 400C436 436 420 468 406 490", 2.2, LIGAMENT_DARK),
        "lcl": _part(_LCL, LIGAMENT) + stroked("M170 272C160 310 156 364 158 420", 2.2,
                                               LIGAMENT_DARK),
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
             (313, 322, 307, 488), (326, 322, 314, 488)], TENDON_DARK),
        "patella": filled(_PATELLA, "#FBF3DF") + filled(
            "M366 250C364 284 328 314 301 324C290 320 278 313 267 305C310 300 344 272 346 206"
            "C360 216 367 232 366 250Z", BONE_DARK) + _part(_PATELLA, "none", 4.2),
    }


# -- what each cause changes -----------------------------------------------------------------------


def _osteoarthritis(knee):
    """The cover thin and rough on the inner side, spurs at the edges, less room between."""
    knee["femur-cartilage"] = stroked(
        "M164 292C160 312 166 328 180 339C206 357 247 353 270 338C281 329 288 317 301 317C310 317 "
        "318 324 325 331M440 310C440 302 441 296 440 288", 12, CARTILAGE) + stroked(
        "M334 340C350 348 366 351 382 351M392 350C404 347 416 343 426 337", 4, CARTILAGE)
    outer = _CAP[:_CAP.index("C314")]
    knee["femur"] = knee["femur"].replace(stroked(_CAP, 19), stroked(outer, 19))
    knee["tibia-cartilage"] = stroked("M166 385C200 378 244 382 272 376", 7, CARTILAGE)
    knee["spurs"] = "".join(_part(spur, BONE) for spur in (
        "M420 318C446 318 470 322 472 334C470 348 444 352 424 344Z",
        "M430 380C452 372 480 376 482 390C476 404 452 408 430 408Z"))
    knee["meniscus"] = sore("M336 344l9 8 8-4 8 8 9-5 8 7 9-7 8 6 9-8 8 4 7-9 8 3"
                             "M344 378l9-6 9 6 9-5 9 6 9-5 9 5 9-6 9 6 9-4", 5)
    return {"cartilage": (384, 356), "meniscus": (170, 364)}


def _ligament(knee):
    """The inner ligament in two, its ends frayed."""
    knee["mcl"] = _part(
        "M440 262C450 286 456 314 457 344L450 334L447 350L441 336L436 350L436 330"
        "C435 306 430 286 422 268C424 258 436 256 440 262Z", LIGAMENT) + _part(
        "M455 384L449 396L444 380L438 396L433 386C430 426 414 458 396 488C396 496 404 502 412 500"
        "C430 470 446 440 452 402Z", LIGAMENT)
    knee["patella"] += sore("M466 350l14-8M468 366h16M466 382l14 8")
    return {"ligament": (446, 362)}


def _meniscus(knee):
    """A tear through the inner meniscus."""
    knee["meniscus"] += sore("M384 354l8 8-9 4 9 10M394 364c14-3 26-5 38-3", 5)
    return {"meniscus": (404, 366)}


def _cruciate(knee, torn=True):
    """The front cruciate ligament between the bones, kneecap and tendon left out; torn, or not."""
    knee["cruciate"] = _part("M268 318C282 334 296 348 306 366L332 362C324 344 306 326 292 312Z",
                             LIGAMENT, 3)
    if torn:
        knee["cruciate"] = _part("M268 318L286 336L288 329L295 338L296 328L304 331L292 312Z",
                                 LIGAMENT, 3) + _part(
            "M306 366L301 354L307 357L308 348L314 354L318 345L325 350L332 362Z", LIGAMENT, 3)
        knee["patella"] = sore("M268 346l12-2M322 324l-10 6M284 356l8-6")
    return {"cruciate": (300, 341)}


def _fracture(knee):
    """A break through the head of the shin bone."""
    knee["tibia"] += sore("M372 380l-8 26 14 14-18 24 8 20-22 22 6 22-16 16", 6) + sore(
        "M360 444l-24 10-14 20", 5)
    return {"shin-bone": (364, 428)}


def _healed(knee):
    """The break joined: new bone over it, bulging where it comes to the edge."""
    line = "M370 386C352 412 390 432 364 458S356 500 346 520"
    knee["tibia"] += stroked(line, 30) + stroked(line, 24, WHITE) + stroked(
        "M358 400l18 6M364 420l18 2M360 440l18 8M352 458l18 8", 3.4, LIGAMENT_DARK)
    return {"shin-bone": (364, 428)}


_POUCH = ("M301 112C340 112 372 138 378 184C404 214 428 250 432 300C434 326 424 346 404 352"
          "C376 362 350 362 334 356L268 356C252 362 226 362 198 352C178 346 168 326 170 300"
          "C174 250 198 214 224 184C230 138 262 112 301 112Z")


def _swollen(knee, fill):
    """The joint full of fluid: its pouch, in front of the bones, behind kneecap and ligaments."""
    knee["pouch"] = _part(_POUCH, fill, 3) + sore(_POUCH, 6)


def _lining(knee):
    """The lining inflamed: thick, folded, red."""
    knee["pouch"] = _part(_POUCH, "#F6CFC6", 3) + stroked(_POUCH, 20, SWOLLEN) + sore(
        "M186 250c-9 8-9 16 0 22s9 14 0 20-9 14 0 20 8 14 0 20M416 250c9 8 9 16 0 22s-9 14 0 20 9 "
        "14 0 20-8 14 0 20M246 150c8-8 16-10 24-16M356 150c-8-8-16-10-24-16", 5) + stroked(
        _POUCH, 3)
    return {"cartilage": (182, 300)}


def _crystals(knee):
    """Needles of crystal in the swollen joint."""
    _swollen(knee, "#F6CFC6")
    for x, y, turn in ((186, 344, 20), (222, 350, -30), (252, 340, 60), (348, 342, -50),
                       (378, 350, 15), (412, 340, 70), (196, 306, 70), (206, 262, 110),
                       (402, 262, 60), (410, 304, 120), (262, 146, 30), (340, 146, -30),
                       (300, 138, 80), (226, 216, -40), (378, 216, 40)):
        a = np.radians(turn)
        along, across = np.array([np.cos(a), np.sin(a)]), np.array([-np.sin(a), np.cos(a)])
        points = [np.array([x, y]) + p for p in (along * 17, across * 6, -along * 17, -across * 6)]
        data = "M" + "L".join(f"{p[0]:.0f} {p[1]:.0f}" for p in points) + "Z"
        knee["pouch"] += stroked(data, 4, LINE, WHITE)
    return {"cartilage": (222, 350)}


def _germs(knee):
    """Germs in the swollen joint, and pus around."""
    _swollen(knee, "#EBD98C")
    for x, y, turn in ((190, 342, 20), (232, 346, -30), (352, 344, -50), (408, 342, -20),
                       (200, 288, 70), (402, 284, 110), (226, 220, -40), (378, 220, 40),
                       (270, 142, 30), (334, 142, -30)):
        knee["pouch"] += _germ(x, y, np.radians(turn))
    return {"cartilage": (232, 346)}


def _germ(x, y, turn):
    along = np.array([np.cos(turn), np.sin(turn)]) * 8
    across = np.array([-np.sin(turn), np.cos(turn)]) * 12
    legs = "".join(
        f"M{x + f * along[0] - across[0]:.0f} {y + f * along[1] - across[1]:.0f}"
        f"L{x + f * along[0] + across[0]:.0f} {y + f * along[1] + across[1]:.0f}"
        for f in (-1, 0, 1))
    rod = (f"M{x - along[0]:.0f} {y - along[1]:.0f}L{x + along[0]:.0f} {y + along[1]:.0f}")
    return stroked(legs, 2.6) + stroked(rod, 17) + stroked(rod, 11, "#7FB069")


def _replacement(knee):
    """The parts of a replacement: a cap of metal on the thigh bone, a tray with its stem in the
    shin bone, and the spacer between them."""
    knee["femur-cartilage"] = ""
    knee["tibia-cartilage"] = _part(
        "M146 392H458V409H332L318 500C312 510 292 510 286 500L272 409H146Z", METAL) + _part(
        "M156 368C190 380 246 380 266 371C282 345 322 345 340 371C360 380 416 380 448 368L451 392"
        "L153 392Z", SPACER)
    knee["pouch"] = stroked(_CAP, 31) + stroked(_CAP, 24, METAL) + stroked(_CAP, 7, METAL_LIGHT)
    return {"cartilage": (200, 352)}


FRONT = View(layers, ANCHORS, 69, 60, 1.3)
JOINT = View(layers, ANCHORS, 78, 190, 600 / 444, 372, cap=True)  # of a pair: healthy, and yours

add_variant("anatomy", "Knee, front view", None, FRONT, NAMED)
add_variant("anatomy-osteoarthritis", "Knee with thin cartilage", _osteoarthritis, FRONT, NAMED)
add_variant("anatomy-ligament", "Knee with a torn ligament", _ligament, FRONT,
            (*(part for part in NAMED if "meniscus" not in part), "mcl"))
add_variant("anatomy-meniscus", "Knee with a torn meniscus", _meniscus, FRONT, NAMED)
add_variant("anatomy-fracture", "Knee with a broken shin bone", _fracture, FRONT, NAMED)
add_variant("anatomy-lining", "Knee with a swollen joint lining", _lining, FRONT, (*NAMED, "pouch"))
add_variant("anatomy-crystals", "Knee with crystals in the joint", _crystals, FRONT,
            (*NAMED, "pouch"))
add_variant("anatomy-germs", "Knee with germs in the joint", _germs, FRONT, (*NAMED, "pouch"))
add_pair("osteoarthritis", "The cover of the bones", (None, _osteoarthritis), JOINT)
add_pair("lining", "The lining of the joint", (None, _lining), JOINT)
add_pair("crystals", "Crystals in the joint", (None, _crystals), JOINT)
add_pair("germs", "Germs in the joint", (None, _germs), JOINT)
add_pair("fracture", "A break in the bone", (None, _fracture), JOINT)
add_pair("fracture-healed", "A break that has healed", (None, _healed), JOINT)
add_pair("replacement", "A knee replacement", (None, _replacement), JOINT)
add_pair("ligament", "The inner ligament", (None, _ligament), JOINT, ("mcl",))
add_pair("meniscus", "The cushion", (None, _meniscus), JOINT, ("meniscus",))
add_pair("cruciate", "The front cross ligament", (
    lambda knee: _cruciate(knee, torn=False), _cruciate), JOINT, ("cruciate",))
