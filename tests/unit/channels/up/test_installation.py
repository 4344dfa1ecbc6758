import socket
import stat
from pathlib import Path

import pytest

from channels.up.noise import Warnings
from channels.up.ports import Ports, free_port, is_free, usual_ports
from channels.up.programs import reachable
from channels.up.secret import kept_secret, pretend_account, pretend_token
from channels.up.settings import UpSettings
from channels.up.training import model_path

pytestmark = pytest.mark.unit

CHANGES = ["config.yml", "bot/domain/talk.yml", "bot/data/new.yml", "bot/learning/intents.py"]


def a_bot(root: Path) -> Path:
    (root / "bot" / "domain").mkdir(parents=True)
    (root / "bot" / "domain" / "talk.yml").write_text("responses: {}")
    (root / "config.yml").write_text("pipeline: []")
    return root


class TestTheSecret:
    def test_is_made_once(self, tmp_path: Path) -> None:
        first = kept_secret(tmp_path)

        assert kept_secret(tmp_path) == first
        assert len(first) >= 32

    def test_can_be_read_by_its_owner_only(self, tmp_path: Path) -> None:
        kept_secret(tmp_path / "data")

        assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600

    def test_gives_the_simulator_an_account_that_tells_nothing_of_it(self) -> None:
        account, token = pretend_account("secret"), pretend_token("secret")

        assert (account[:2], len(account), len(token)) == ("AC", 34, 32)
        assert account[2:] != token
        assert pretend_token("other") != token


class TestTheModel:
    def test_is_the_same_while_the_bots_files_are(self, tmp_path: Path) -> None:
        root = a_bot(tmp_path)

        assert model_path(root, root) == model_path(root, root)

    @pytest.mark.parametrize("changed", CHANGES)
    def test_is_another_when_one_changes(self, tmp_path: Path, changed: str) -> None:
        root = a_bot(tmp_path)
        before = model_path(root, root)

        (root / changed).parent.mkdir(exist_ok=True)
        (root / changed).write_text("something: else")

        assert model_path(root, root) != before

    def test_does_not_depend_on_where_the_project_lies(self, tmp_path: Path) -> None:
        here, there = a_bot(tmp_path / "here"), a_bot(tmp_path / "there")

        assert model_path(tmp_path, here) == model_path(tmp_path, there)


class TestPorts:
    def test_one_that_is_in_use_is_not_free(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()

            assert not is_free(listener.getsockname()[1])

    def test_a_port_that_was_asked_for_is_not_replaced(self) -> None:
        port = free_port()

        assert usual_ports("127.0.0.1", port).channels == port

    def test_are_all_different(self) -> None:
        usual = Ports()

        assert len({usual.channels, usual.bot, usual.actions}) == 3


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])  # noqa: S104 - not bound
def test_a_listener_on_every_address_is_found_on_loopback(host: str) -> None:
    assert reachable(host) == "127.0.0.1"


class TestSettings:
    def test_need_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("DATABASE_URL", raising=False)

        told = UpSettings(_env_file=None).environment()

        assert told["RAPPORT_DEMO"] == "true"
        assert "DATABASE_URL" not in told

    def test_are_passed_on_under_the_names_that_the_programs_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://shop@db/shop")
        monkeypatch.setenv("RAPPORT_DEMO", "0")
        monkeypatch.setenv("RAPPORT_REGION", "AT")

        told = UpSettings(_env_file=None).environment()

        assert told["DATABASE_URL"] == "postgresql://shop@db/shop"
        assert told["RAPPORT_DEMO"] == "false"
        assert told["RAPPORT_REGION"] == "AT"


def test_a_librarys_warnings_are_not_shown_and_all_else_is() -> None:
    said = [
        "INFO the bot starts",
        "/site-packages/keras/utils.py:285: DeprecationWarning: invalid escape sequence",
        '  .replace("{", "")',
        "/site-packages/pkg_resources/__init__.py:3117: DeprecationWarning: Deprecated call",
        "Implementing implicit namespace packages is preferred",
        "  declare_namespace(pkg)",
        "  indented, and nobody's warning",
        "INFO the bot is ready",
    ]
    warnings = Warnings()

    shown = [line for line in said if not warnings.include(line)]

    assert shown == [said[0], *said[6:]]
