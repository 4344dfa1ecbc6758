import { useEffect, useState } from "preact/hooks";
import { ask } from "../shared/ask";
import { elapsed } from "../shared/format";
import { language } from "../shared/page";
import type { Language } from "../shared/protocol";
import type { Call } from "./call";
import { useWords } from "./words";

interface Caller {
  number: string;
  name: string;
  language: Language;
  phone: string | null;
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
type LineProps = { call: Call; line: Language; onLine: (line: Language) => void };

/** The phone in the hand: whose it is, the keys, and the two round buttons. */
export function Handset({ call, line, onLine }: LineProps) {
  const words = useWords();
  const [from, setFrom] = useState("");
  const isOn = call.isOn.value;
  return (
    <section class="handset" aria-label={words.title}>
      <Display call={call} from={from} />
      {isOn ? null : <Settings from={from} onFrom={setFrom} line={line} onLine={onLine} />}
      {isOn ? (
        <div class="keys" role="group" aria-label={words.keypad}>
          {KEYS.map((digit) => (
            <button
              type="button"
              aria-label={words.key(digit)}
              disabled={call.state.value !== "connected"}
              onClick={() => call.press(digit)}
            >
              {digit}
            </button>
          ))}
        </div>
      ) : null}
      <Buttons call={call} from={from} line={line} />
      <p class="hint">{words.keyZero}</p>
    </section>
  );
}

function Buttons({ call, from, line }: { call: Call; from: string; line: Language }) {
  const words = useWords();
  const { value: state } = call.state;
  if (state === "incoming") {
    return (
      <>
        <button type="button" class="round green" onClick={() => call.pickUp()}>
          {words.pickUp}
        </button>
        <button type="button" class="round red" onClick={() => call.decline()}>
          {words.decline}
        </button>
      </>
    );
  }
  if (call.isOn.value || state === "waiting") {
    return (
      <button type="button" class="round red" onClick={() => call.hangUp()}>
        {state === "waiting" ? words.stopWaiting : words.hangUp}
      </button>
    );
  }
  return (
    <>
      <button type="button" class="round green" onClick={() => call.dial(from, line)}>
        {words.call}
      </button>
      <button type="button" class="button" onClick={() => call.wait(from)}>
        {words.wait}
      </button>
    </>
  );
}

function Display({ call, from }: { call: Call; from: string }) {
  const words = useWords();
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const { value: since } = call.since;
  return (
    <div class={`display ${call.state.value}`}>
      <p class="number">{from || words.unknown}</p>
      <p class="status">
        <span role="status">{words[call.state.value]}</span>
        {since ? <span class="clock">{elapsed(since, Math.max(now, Date.parse(since)))}</span> : null}
      </p>
      {call.isLost.value ? <p class="lost">{words.lost}</p> : null}
    </div>
  );
}

type SettingsProps = Omit<LineProps, "call"> & { from: string; onFrom: (from: string) => void };

function Settings({ from, onFrom, line, onLine }: SettingsProps) {
  const words = useWords();
  const [callers, setCallers] = useState<readonly Caller[]>([]);
  useEffect(() => {
    ask<{ customers: Caller[] }>(`/demo/api/customers?language=${language.value}`).then(
      ({ customers }) => setCallers(customers.filter(({ phone }) => phone)),
      () => setCallers([]),
    );
  }, []);
  return (
    <div class="settings">
      <label>
        {words.from}
        <input
          class="field"
          list="callers"
          inputMode="tel"
          value={from}
          placeholder={words.fromHint}
          onInput={(event) => choose(event.currentTarget.value)}
        />
      </label>
      <datalist id="callers">
        {callers.map(({ phone, name }) => (
          <option value={phone!}>{name}</option>
        ))}
      </datalist>
      <ul class="callers">
        {callers.slice(0, 6).map((caller) => (
          <li>
            <button type="button" aria-pressed={from === caller.phone} onClick={() => choose(caller.phone!)}>
              {caller.name} <small>{caller.language.toUpperCase()}</small>
            </button>
          </li>
        ))}
      </ul>
      <label>
        {words.lineLanguage}
        <select class="field" value={line} onChange={(event) => onLine(event.currentTarget.value as Language)}>
          <option value="de">{words.german}</option>
          <option value="en">{words.english}</option>
        </select>
      </label>
    </div>
  );

  function choose(number: string): void {
    onFrom(number);
    const caller = callers.find(({ phone }) => phone === number);
    if (caller) onLine(caller.language);
  }
}
