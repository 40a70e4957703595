"""Document → plate → PDF bytes. The only folder that knows ReportLab.

`pages.typeset.typeset` lays a document out once, as a plate; `file.plate.printed` fills the plate
for one patient, from bytes alone. Nothing is imported here: whoever prints needs no ReportLab.
"""

import sys
from types import ModuleType

# ReportLab would run these two out of the user's home: what is printed would depend on them, and a
# home that is no folder would stop it.
for _name in ("reportlab_mods", "reportlab_settings"):
    sys.modules.setdefault(_name, ModuleType(_name))
