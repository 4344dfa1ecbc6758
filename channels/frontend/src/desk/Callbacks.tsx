import { moment } from "../shared/format";
import { language } from "../shared/page";
import { useDesk, useWords } from "./around";
import type { Callback } from "./protocol";

/** Whom the shop has promised to call, the next first. */
export function Callbacks() {
  const desk = useDesk();
  const words = useWords();
  const callbacks = desk.lists.value.callbacks ?? [];
  if (callbacks.length === 0) return null;
  return (
    <section>
      <h2>
        {words.callbacks} <span class="count">{callbacks.length}</span>
      </h2>
      <ul>
        {callbacks.map((callback) => (
          <li key={callback.id} class="callback">
            <Owed callback={callback} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Owed({ callback }: { callback: Callback }) {
  const desk = useDesk();
  const words = useWords();
  const { id, conversation, state, at, attempts, phone, name, agent, number, reason } = callback;
  const whom = name ?? phone;
  return (
    <>
      <button type="button" class="entry" onClick={() => void desk.opened.open(conversation)}>
        <span class="first">
          <strong>{whom}</strong>
          <span class={state === "missed" ? "wait long" : "wait"}>{words.callbackStates[state]}</span>
        </span>
        <span class="preview">{reason || phone}</span>
        <span class="marks">
          <span class="mark">{number}</span>
          <span class="mark">{moment(at, language.value)}</span>
          {attempts > 0 ? <span class="mark">{words.attempts(attempts)}</span> : null}
          {agent ? <span class="mark">{words.takenBy(agent)}</span> : null}
        </span>
      </button>
      {state === "calling" ? null : (
        <p class="steps">
          {state === "asked" ? <Step id={id} step="call" name={words.callNow} whom={whom} /> : null}
          {agent ? null : <Step id={id} step="take" name={words.takeOver} whom={whom} />}
          <Step
            id={id}
            step="cancel"
            name={state === "missed" ? words.seen : words.cancelCall}
            whom={whom}
          />
        </p>
      )}
    </>
  );
}

type StepProps = { id: string; step: "take" | "call" | "cancel"; name: string; whom: string };

function Step({ id, step, name, whom }: StepProps) {
  const desk = useDesk();
  return (
    <button
      type="button"
      class="button quiet"
      aria-label={`${name}: ${whom}`}
      onClick={() => void desk.callback(id, step)}
    >
      {name}
    </button>
  );
}
