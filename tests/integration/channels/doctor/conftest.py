"""The phone line, for the doctor to look at from outside."""

from tests.integration.channels.phone.conftest import line_with as line_with
