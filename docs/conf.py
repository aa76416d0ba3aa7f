"""How Sphinx builds these pages: Markdown, every code cell executed; a cell that fails fails the build."""

import os
import tempfile
from importlib.metadata import version as version_of
from pathlib import Path

# Kernels keep their files in a folder of their own, not in the home, and say nothing about local sockets.
_kernels = tempfile.TemporaryDirectory(prefix="creditor-docs-")
for _name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
    os.environ[_name] = str(Path(_kernels.name, _name.lower()))
_profile = Path(os.environ["IPYTHONDIR"], "profile_default")
_profile.mkdir(parents=True)
(_profile / "ipython_kernel_config.py").write_text("get_config().IPKernelApp.log_level = 40\n")

project = "creditor"
author = "The creditor developers"
version = release = version_of("creditor")

extensions = ["myst_nb", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["_build", "jupyter_execute"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = False  # a failing cell is a warning that shows the cell, and -W makes it fail
nb_execution_show_tb = True
nb_merge_streams = True
nb_execution_timeout = 120
numpydoc_show_class_members = False

html_theme = "pydata_sphinx_theme"
html_title = "creditor"
html_sidebars = {"**": []}
html_static_path = ["_static"]
html_css_files = ["page.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": False,
    "header_links_before_dropdown": 6,
}
