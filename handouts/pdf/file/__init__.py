"""What a PDF is made of: objects, fonts, tags, plates and runs; no layout and no ReportLab."""
