"""The built pages and the widget's script, with the headers that keep them safe and fresh."""

from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException

BUILT = Path(__file__).parents[1] / "frontend" / "dist"
NOT_THERE = "There is no such page here; if there should be, build the pages with `make setup`."

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self' ws: wss:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
"""What a page may load: nothing that we did not serve, and no script from a text."""

PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": CONTENT_POLICY,
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ASSET_HEADERS = {
    # The name holds a hash of the content, so a name never changes its content.
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
}
WIDGET_HEADERS = {
    # Embedded by other websites under one name: they ask each time, and mostly hear "unchanged".
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
PAGES = {"/desk": "desk", "/desk/board": "board"}
DEMO_PAGES = {"/": "shop", "/demo/outbox": "outbox", "/demo/phone": "phone"}


def site(*, demo: bool, built: Path = BUILT) -> APIRouter:
    """Serve the widget and the desk; in the demo, the shop and its helpers too."""
    router = APIRouter(tags=["site"], include_in_schema=False)
    files = StaticFiles(directory=built, check_dir=False)
    for path, page in (PAGES | DEMO_PAGES if demo else PAGES).items():
        _add(router, path, f"{page}/index.html", files, PAGE_HEADERS)
    _add(router, "/widget.js", "widget.js", files, WIDGET_HEADERS)

    @router.get("/assets/{name}")
    async def asset(request: Request, name: str) -> Response:
        return await _serve(request, f"assets/{name}", files, ASSET_HEADERS)

    return router


def _add(
    router: APIRouter, path: str, file: str, files: StaticFiles, headers: dict[str, str]
) -> None:
    @router.get(path)
    async def page(request: Request) -> Response:
        return await _serve(request, file, files, headers)


async def _serve(
    request: Request, file: str, files: StaticFiles, headers: dict[str, str]
) -> Response:
    try:
        response = await files.get_response(file, request.scope)
    except StarletteHTTPException as refused:
        raise HTTPException(404, NOT_THERE) from refused
    response.headers.update(headers)
    return response
