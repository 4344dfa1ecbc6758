"""Steps of a call without a relay, as Twilio is told them."""

from channels.phone import twiml
from channels.phone.patience import Patience
from channels.phone.places import Place
from channels.phone.rating import question
from channels.phone.rooms import room_of
from channels.phone.signature import question_url
from channels.phone.steps import Step, Then
from channels.phone.wording import say
from channels.settings import ChannelSettings
from crm_store.base import Language


class Rendering:
    """Puts steps into TwiML; each names the next question of its call by a number."""

    def __init__(self, settings: ChannelSettings, patience: Patience) -> None:
        self._settings = settings
        self._patience = patience

    def rendered(self, step: Step, language: Language, *, place: Place) -> str:
        """Return the step after a place, as an answer to Twilio."""
        next_turn = question_url(self._settings, f"/phone/gather/{place.number + 2}")
        room = place.room
        words = (*step.first, *step.words)
        match step.then:
            case Then.hang_up:
                return twiml.goodbye(language, *words)
            case Then.rate:
                return question(self._settings, language)
            case Then.enter if room is not None:
                return twiml.join(room_of(self._settings, room), first=words, language=language)
            case Then.enter:
                return twiml.come_again(next_turn, words, language=language)
            case Then.listen | Then.wait | Then.allow_a_moment | Then.look_again as then:
                return twiml.listen(
                    next_turn,
                    step.words,
                    first=step.first,
                    language=language,
                    seconds=self._seconds(then),
                    keys=1 if place.one_key and then is Then.listen else None,
                    hints=place.hints or say("hints", language),
                )

    def _seconds(self, then: Then) -> int:
        match then:
            case Then.allow_a_moment:
                return self._patience.moment
            case Then.look_again:
                return self._patience.news
            case Then.wait:
                return self._patience.wait
            case _:
                return self._patience.words
