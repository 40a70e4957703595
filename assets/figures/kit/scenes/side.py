"""A right knee cut through its middle, seen from the inner side: the kneecap to the left, the
fibula behind the shin bone. It says more than the front view about bursae and tendons."""

from palette import LINE, WHITE
from svg import filled, stroked

from scenes.anatomy import (
    BONE,
    BONE_DARK,
    BURSA,
    BURSA_LIGHT,
    CARTILAGE,
    MENISCUS,
    MUSCLE,
    MUSCLE_DARK,
    SWOLLEN,
    TENDON,
    TENDON_DARK,
)
from scenes.knees import View, add_pair, add_variant, sore

FAT = "#F7EBC8"
ANCHORS = {
    "thigh-muscle": (204, 60), "quadriceps-tendon": (166, 196), "thigh-bone": (318, 150),
    "cartilage": (404, 300), "outer-ligament": (318, 396), "fibula": (398, 560),
    "tendon": (150, 420), "upper-bursa": (206, 210), "kneecap": (152, 276), "bursa": (112, 290),
    "ligament": (318, 372), "meniscus": (384, 398), "cruciate": (318, 372),
    "inner-bursa": (195, 448), "shin-bone": (318, 560)}

_FRONT = ("M156 0C140 70 136 120 128 170C120 214 92 240 88 290C86 330 100 356 106 396C110 430 "
          "122 452 134 492C150 550 176 620 182 700")
_BACK = ("M478 0C470 90 460 160 448 220C438 270 436 330 444 380C456 440 500 480 500 560C500 640 "
         "490 660 478 700")
_BACK_UP = ("L478 700C490 660 500 640 500 560C500 480 456 440 444 380C436 330 438 270 448 220C460 "
            "160 470 90 478 0Z")
_FEMUR = ("M262 0C264 70 264 130 254 180C244 220 222 246 218 290C216 340 252 376 306 380C366 384 "
          "408 346 410 292C412 250 384 226 370 182C360 140 360 70 360 0Z")
_TIBIA = ("M222 408C234 400 258 404 286 410C300 404 322 404 334 412C360 408 386 404 404 404C414 "
          "424 408 448 392 470C372 500 362 540 360 600L358 700L246 700C246 640 240 580 222 540"
          "C212 520 192 510 184 492C180 476 196 464 206 448C214 436 218 424 222 408Z")
_FIBULA = ("M392 470C410 466 426 478 424 498C422 520 414 530 414 560L418 700L388 700L386 560C386 "
           "534 374 510 376 492C378 480 382 474 392 470Z")
_PATELLA = ("M146 226C168 222 186 240 192 264C196 288 184 312 162 330C144 326 126 304 124 276C124 "
            "250 132 232 146 226Z")
_QUAD = ("M168 118C166 160 156 196 142 230C152 226 166 228 176 236C186 200 196 160 206 126C194 "
         "116 180 112 168 118Z")
_PATELLAR = ("M146 316C144 370 156 430 172 492C178 504 190 504 194 492C182 440 166 380 168 320"
             "C162 332 152 328 146 316Z")
_MUSCLE = "M172 0C158 50 158 92 168 122C178 138 196 140 206 128C230 100 250 50 250 0Z"
_REAR = "M374 0C376 60 384 120 400 176C414 190 430 186 434 170C446 110 452 50 456 0Z"
_CALF = ("M428 430C452 450 478 500 478 560C478 620 462 660 456 700L430 700C430 620 432 560 428 500"
         "C424 470 420 446 428 430Z")
_UPPER_BURSA = ("M232 132C222 160 202 196 192 236C196 246 206 250 214 244C228 214 248 200 250 168"
                "C250 150 244 134 232 132Z")
_LOWER_BURSA = "M184 432C190 424 202 428 206 440C206 454 200 466 192 474C186 462 182 446 184 432Z"
_BURSA = "M118 236C104 256 100 288 110 316C116 322 122 318 122 308C116 284 118 258 126 242Z"
_CAP = "M222 268C214 330 246 378 306 380C366 382 410 346 408 282"


def _part(data, fill, width=3.6):
    return stroked(data, width, LINE, fill)


def layers():
    """The knee in section, layer by layer."""
    return {
        "skin": filled(_FRONT + _BACK_UP, "#FAEBDD") + stroked(_FRONT + _BACK, 3.2,
                                                                   "#C9966F"),
        "rear": _part(_REAR, MUSCLE, 3) + _part(_CALF, MUSCLE, 3),
        "fat": _part("M164 326C170 350 176 400 200 446C212 430 218 414 222 406C216 380 216 350 222 "
                     "330C208 330 186 314 178 316Z", FAT, 2.6),
        "upper-bursa": _part(_UPPER_BURSA, BURSA, 3),
        "fibula": _part(_FIBULA, BONE),
        "femur": stroked(_CAP, 22) + filled(_FEMUR, BONE) + filled(
            "M360 0C360 70 360 140 370 182C384 226 412 250 410 292C408 330 386 360 356 372C384 340 "
            "390 300 372 262C350 220 336 150 334 0Z", BONE_DARK) + _part(_FEMUR, "none"),
        "femur-cartilage": stroked(_CAP, 15, CARTILAGE),
        "tibia": filled(_TIBIA, BONE) + filled(
            "M404 404C414 424 408 448 392 470C372 500 362 540 360 600L358 700L332 700C334 620 336 "
            "540 352 492C368 460 384 440 380 406Z", BONE_DARK) + _part(_TIBIA, "none"),
        "tibia-cartilage": stroked("M228 403C246 402 262 406 282 411M340 411C360 408 380 404 398 "
                                   "403", 8, CARTILAGE),
        "meniscus": _part("M224 398C222 386 222 376 226 370C240 380 256 388 274 392C258 398 240 "
                          "400 224 398Z", MENISCUS, 3)
        + _part("M404 398C408 386 408 372 404 364C390 380 370 388 344 394C366 400 386 402 404 398Z",
                MENISCUS, 3),
        "muscle": filled(_MUSCLE, MUSCLE) + _part(_MUSCLE, "none") + stroked(
            "M190 6C180 50 178 84 182 112M214 6C206 50 198 86 194 114", 2, MUSCLE_DARK),
        "quadriceps-tendon": _part(_QUAD, TENDON) + stroked(
            "M178 140C176 170 168 200 160 220M190 142C186 172 178 200 172 222", 2.2, TENDON_DARK),
        "tendon": _part(_PATELLAR, TENDON) + stroked(
            "M154 338C156 380 166 430 180 484M161 338C164 380 174 430 187 484", 2.2, TENDON_DARK),
        "inner-bursa": _part(_LOWER_BURSA, BURSA, 3),
        "patella": filled(_PATELLA, "#FBF3DF") + stroked(
            "M176 240C194 264 192 292 168 320", 10, CARTILAGE) + _part(_PATELLA, "none", 4.2),
        "bursa": _part(_BURSA, BURSA_LIGHT, 3),
    }


def _tendon(knee):
    """The tendon below the kneecap thick and sore."""
    knee["tendon"] += _part("M146 318C132 350 136 396 156 428C168 440 180 434 182 422C172 390 168 "
                            "350 168 322C162 332 152 328 146 318Z", SWOLLEN)
    knee["tendon"] += sore("M142 352l18-14M141 376l26-24M146 398l24-24M154 418l20-22"
                           "M118 344c-8 20-8 40-2 60", 5)
    return {"tendon": (150, 384)}


def _bursa(knee):
    """The bursa in front of the kneecap swollen, the skin over it pushed out."""
    out = ("M128 170C120 200 92 216 68 246C46 276 48 326 76 350C94 364 102 376 106 396")
    knee["skin"] = knee["skin"].replace(
        "128 170C120 214 92 240 88 290C86 330 100 356 106 396", out[1:])
    knee["bursa"] = _part("M140 226C112 222 78 250 70 282C64 316 82 342 108 346C130 348 142 338 "
                          "146 326C128 308 122 286 124 262C126 246 132 234 140 226Z", BURSA_LIGHT,
                          4.2)
    knee["bursa"] += stroked("M86 282C90 266 100 254 112 246", 5, WHITE)
    knee["bursa"] += sore("M44 262c-10 24-10 48 0 72M26 270c-7 18-7 38 0 56", 5)
    return {"bursa": (96, 306)}


BONES = ("skin", "femur", "tibia", "patella", "muscle")
SIDE = View(layers, ANCHORS)
SIDE_JOINT = View(layers, ANCHORS, 0, 195, 600 / 520, 372)
add_variant("anatomy-tendon", "Knee with a sore tendon, from the side", _tendon, SIDE,
            (*BONES, "tendon", "meniscus"))
add_variant("anatomy-bursa", "Knee with a swollen bursa, from the side", _bursa, SIDE,
            (*BONES, "bursa", "upper-bursa", "inner-bursa"))
add_pair("tendon", "The tendon below the kneecap", (None, _tendon), SIDE_JOINT,
         ("patella", "tendon"))
add_pair("bursa", "The sac in front of the kneecap", (None, _bursa), SIDE_JOINT,
         ("patella", "bursa"))
