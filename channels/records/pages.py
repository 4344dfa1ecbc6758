"""The administration's pages, made to fit a policy that runs no script but those we wrote."""

import re
from collections.abc import Callable
from typing import Final

from jinja2 import BaseLoader, Environment, PackageLoader

_SCRIPT: Final = re.compile(r"<script(?=[\s>])")
_NONCE: Final = '<script nonce="{{ request.state.nonce }}"'
_FOREIGN_FONT: Final = re.compile(r"@import url\('https?://[^']*'\);")
_HANDLER: Final = re.compile(r'\son[a-z]+="[^"]*"')
_GOES: Final = 'onchange="window.location = this.value"'
_PLAINER: Final = {
    '<div class="page-wrapper">': '<div class="page-wrapper" role="main">',
    '<h3 class="text-center text-wrap">{{ app_title }}</h3>': "{{ app_title }}",
    '<h3 class="card-title">': '<h3 class="card-title" aria-level="2">',
    '<th scope="col" class="w-1"></th>': '<td class="w-1"></td>',
    "-null-": "–",
    "</head>": (
        "<style>html[data-bs-theme-primary] {"
        " --tblr-primary: #8a1c3f; --tblr-primary-rgb: 138, 28, 63;"
        " --tblr-link-color: #8a1c3f; --tblr-link-color-rgb: 138, 28, 63;"
        " --tblr-link-hover-color: #6d1431; --tblr-link-hover-color-rgb: 109, 20, 49;"
        " } .btn-danger { background-color: #a3241b; }</style></head>"
    ),
}
"""What readers by ear stumble over, and the colour of the house."""
_GOING: Final = """<script>
document.addEventListener("change", (event) => {
    if (event.target.matches("[data-goes]")) window.location = event.target.value;
});
</script>
</body>"""
"""What the library's one handler did that stood in a tag."""


class Marked(BaseLoader):
    """Marks the scripts that stand in the library's own pages.

    The pages' sources are marked, not what comes of them: a text of a customer's is never.
    """

    def __init__(self) -> None:
        self._inner = PackageLoader("starlette_admin", "templates")

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """Return a page's source with its scripts marked, and no address of another site in it."""
        source, path, fresh = self._inner.get_source(environment, template)
        return _marked(source), path, fresh


def _marked(source: str) -> str:
    plain = _FOREIGN_FONT.sub("", source)
    for there, better in _PLAINER.items():
        plain = plain.replace(there, better)
    bare = _HANDLER.sub("", plain.replace(_GOES, "data-goes"))
    return _SCRIPT.sub(_NONCE, bare.replace("</body>", _GOING))
