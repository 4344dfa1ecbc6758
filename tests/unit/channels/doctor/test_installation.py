import socket
from pathlib import Path

import pytest

from channels.doctor.findings import Verdict
from channels.doctor.installation import installation
from channels.doctor.settings import DoctorSettings

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


async def found(settings: DoctorSettings) -> dict[str, Verdict]:
    return {finding.what: finding.verdict async for finding in installation(settings)}


async def test_secrets_that_anybody_could_have_are_to_be_mended(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("open to all")
    (tmp_path / "secret").chmod(0o644)
    settings = DoctorSettings.model_validate(
        {"rapport_data": tmp_path, "rapport_secret": "short", "rapport_demo": False}
    )

    looked_at = await found(settings)

    assert looked_at["the secret"] is Verdict.mend
    assert looked_at["keys"] is Verdict.mend
    assert looked_at["the file secret"] is Verdict.mend
    assert looked_at["Python"] is Verdict.fine


@pytest.mark.parametrize(
    ("url", "verdict"), [("smtp://{}", Verdict.fine), ("http://{}", Verdict.mend)]
)
async def test_a_mail_server_is_tried(tmp_path: Path, url: str, verdict: Verdict) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
        settings = DoctorSettings.model_validate(
            {"rapport_data": tmp_path, "rapport_smtp_url": url.format(address)}
        )

        looked_at = await found(settings)

    assert looked_at["the mail server"] is verdict
