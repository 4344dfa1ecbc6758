import { useEffect, useState } from "preact/hooks";
import { PageTop } from "../shared/PageTop";
import { language } from "../shared/page";
import type { Language } from "../shared/protocol";
import type { Call } from "./call";
import { Handset } from "./Handset";
import { HeardLog } from "./HeardLog";
import type { BrowserVoice, Microphone } from "./speech";
import { useWords } from "./words";

export interface PhoneParts {
  call: Call;
  voice: BrowserVoice;
  microphone: Microphone;
}

/** A pretended phone beside what is heard and said on it. */
export function Phone({ call, voice, microphone }: PhoneParts) {
  const words = useWords();
  const [line, setLine] = useState<Language>(language.value);
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  useEffect(() => {
    if (!call.isOn.value) microphone.off();
  }, [call.isOn.value]);
  return (
    <>
      <PageTop title={words.title} shop={words.shop} />
      <main class="phone">
        <Handset call={call} line={line} onLine={setLine} />
        <section class="talking">
          <HeardLog call={call} />
          <Speaking call={call} voice={voice} microphone={microphone} line={line} />
        </section>
      </main>
    </>
  );
}

function Speaking({ call, voice, microphone, line }: PhoneParts & { line: Language }) {
  const words = useWords();
  const [text, setText] = useState("");
  const isConnected = call.state.value === "connected";
  return (
    <form class="speaking" onSubmit={say}>
      <div class="say">
        <input
          class="field"
          value={text}
          placeholder={words.say}
          aria-label={words.say}
          disabled={!isConnected}
          autocomplete="off"
          maxLength={4000}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button strong" disabled={!isConnected || !text.trim()}>
          {words.sayIt}
        </button>
      </div>
      <div class="means">
        <button type="button" class="button" disabled={!isConnected} onClick={() => call.interrupt()}>
          {words.interrupt}
        </button>
        <button
          type="button"
          class="button"
          aria-pressed={microphone.isOn.value}
          disabled={!isConnected || !microphone.isPossible}
          onClick={() => microphone.toggle(line)}
        >
          {microphone.isOn.value ? words.microphoneOn : words.microphone}
        </button>
        <button
          type="button"
          class="button"
          aria-pressed={voice.isOn.value}
          disabled={!voice.isPossible}
          onClick={() => voice.toggle()}
        >
          {words.aloud}
        </button>
      </div>
      {microphone.isPossible ? null : <p class="hint">{words.noMicrophone}</p>}
    </form>
  );

  function say(event: Event): void {
    event.preventDefault();
    if (!text.trim()) return;
    call.say(text.trim());
    setText("");
  }
}
