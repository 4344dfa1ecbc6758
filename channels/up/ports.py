"""Which ports the programs listen on."""

import socket
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
WAITING_CONNECTIONS = 1024
"""How many may wait while no front answers."""


@dataclass(frozen=True, slots=True)
class Ports:
    """One port for each program; only the channels' is meant for anybody else."""

    channels: int = 8000
    bot: int = 5005
    actions: int = 5055


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that takes connections from now on, for programs that answer them later."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=WAITING_CONNECTIONS)


def free_port(host: str = LOOPBACK) -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Tell whether a program could listen here."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_ports(host: str = LOOPBACK) -> Ports:
    """Return ports of its own for another stack on this machine."""
    return Ports(channels=free_port(host), bot=free_port(), actions=free_port())


def usual_ports(host: str, channels: int | None) -> Ports:
    """Return the usual ports, and free ones where another program has those."""
    usual = Ports()
    return Ports(
        channels=channels or _usual_or_free(usual.channels, host),
        bot=_usual_or_free(usual.bot, LOOPBACK),
        actions=_usual_or_free(usual.actions, LOOPBACK),
    )


def _usual_or_free(port: int, host: str) -> int:
    return port if is_free(port, host) else free_port(host)
