import pytest

from channels.phone.protocol import (
    Dtmf,
    End,
    Error,
    Info,
    Interrupt,
    Prompt,
    Received,
    Setup,
    SwitchLanguage,
    Text,
    ToTwilio,
    received,
)
from channels.simulator import protocol
from channels.simulator.refusal import Refused

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (
            '{"type":"setup","sessionId":"VX1","accountSid":"AC1","callSid":"CA1","from":"",'
            '"callType":"PSTN","customParameters":{"ticket":"t"},"brandNew":[1]}',
            Setup(
                type="setup",
                sessionId="VX1",
                accountSid="AC1",
                callSid="CA1",
                customParameters={"ticket": "t"},
            ),
        ),
        (
            '{"type":"prompt","voicePrompt":"Hallo","lang":"de-DE","last":true}',
            Prompt(type="prompt", voicePrompt="Hallo", lang="de-DE"),
        ),
        ('{"type":"dtmf","digit":"1"}', Dtmf(type="dtmf", digit="1")),
        (
            '{"type":"interrupt","utteranceUntilInterrupt":"Ich","durationUntilInterruptMs":"460"}',
            Interrupt(
                type="interrupt", utteranceUntilInterrupt="Ich", durationUntilInterruptMs=460
            ),
        ),
        ('{"type":"error","description":"no"}', Error(type="error", description="no")),
        (
            '{"type":"info","name":"agentSpeaking","value":"off","ts":1}',
            Info(type="info", name="agentSpeaking", value="off"),
        ),
        ('{"type":"somethingNew","digit":"1"}', None),
        ('{"type":"dtmf","digit":{}}', None),
        ("not json", None),
    ],
)
def test_messages_are_read_leniently(frame: str, message: Received | None) -> None:
    assert received(frame) == message


@pytest.mark.parametrize(
    "message",
    [
        Text(token="Hallo", lang="de-DE"),
        Text(token="", interruptible=False),
        SwitchLanguage(tts_language="en-US", transcription_language="en-US"),
        End(handoff_data='{"reason":"closed"}'),
    ],
)
def test_what_we_send_is_what_twilio_takes(message: ToTwilio) -> None:
    assert protocol.sent(message.frame()).type == message.type


@pytest.mark.parametrize(
    "frame",
    [
        '{"type":"text"}',
        '{"type":"text","token":null}',
        '{"type":"text","token":"a","loud":true}',
        '{"type":"sendDigits","digits":"12a"}',
        '{"type":"end","handoffData":{"reason":"x"}}',
        '{"type":"language"}',
        '{"type":"shout"}',
        "Hallo",
    ],
)
def test_the_simulator_refuses_what_twilio_would(frame: str) -> None:
    with pytest.raises(Refused):
        protocol.sent(frame)
