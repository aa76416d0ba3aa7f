"""An Answer becomes text, JSON, CSV, XLSX or HTML, with the same numbers, sources and grades on each."""
