"""Document → plate → PDF bytes. The only folder that knows ReportLab.

`typeset.typeset` lays a document out once, as a plate; `plate.printed` fills the plate for one
patient, from bytes alone. Nothing is imported here: whoever prints needs no ReportLab.
"""
