import { useEffect, useRef, useState } from "preact/hooks";
import { useDesk, useWords } from "./around";
import type { Telephone } from "./telephone";

/** The agent's telephone on the page, while it rings or talks. */
export function Softphone() {
  const { value: telephone } = useDesk().entry.telephone;
  if (!telephone || telephone.line.value === "quiet") return null;
  return <Receiver telephone={telephone} />;
}

function Receiver({ telephone }: { telephone: Telephone }) {
  const words = useWords();
  const rings = telephone.line.value === "rings";
  return (
    <section class="softphone" aria-label={words.telephone}>
      <p class="lead" role="status">
        {rings ? words.telephoneRings : words.telephoneTalks}
      </p>
      {rings ? null : <Heard lines={telephone.heard.value} />}
      {!rings && telephone.isSilent ? <Speaking telephone={telephone} /> : null}
      <p class="buttons">
        {rings ? (
          <>
            <button type="button" class="button" onClick={() => telephone.decline()}>
              {words.decline}
            </button>
            <button type="button" class="button strong" onClick={() => telephone.pickUp()}>
              {words.pickUp} <kbd>A</kbd>
            </button>
          </>
        ) : (
          <>
            {["1", "2"].map((digit) => (
              <button key={digit} type="button" class="button" onClick={() => telephone.press(digit)}>
                {digit}
              </button>
            ))}
            <button type="button" class="button" onClick={() => telephone.hangUp()}>
              {words.hangUp}
            </button>
          </>
        )}
      </p>
    </section>
  );
}

function Heard({ lines }: { lines: readonly string[] }) {
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [lines.length]);
  return (
    <div ref={log} class="heard" role="log" tabIndex={0}>
      {lines.map((line, at) => (
        <p key={at}>{line}</p>
      ))}
    </div>
  );
}

function Speaking({ telephone }: { telephone: Telephone }) {
  const words = useWords();
  const [text, setText] = useState("");
  return (
    <form class="row" onSubmit={say}>
      <input
        class="field"
        value={text}
        maxLength={4000}
        aria-label={words.sayOnPhone}
        placeholder={words.sayOnPhone}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );

  function say(event: Event): void {
    event.preventDefault();
    if (text.trim()) telephone.say(text.trim());
    setText("");
  }
}
