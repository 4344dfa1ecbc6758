import { useEffect, useRef } from "preact/hooks";
import type { Call, Heard } from "./call";
import { useWords } from "./words";

/** What was heard and said, in its order. */
export function HeardLog({ call }: { call: Call }) {
  const words = useWords();
  const log = useRef<HTMLDivElement>(null);
  const heard = call.heard.value;
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [heard]);
  return (
    <div ref={log} class="heard" role="log" aria-live="polite" aria-label={words.log} tabIndex={0}>
      {heard.length === 0 ? (
        <p class="nothing">
          {words.intro}
          <br />
          <br />
          {words.nothing}
        </p>
      ) : null}
      {heard.map((line) => (
        <Line key={line.id} line={line} />
      ))}
    </div>
  );
}

function Line({ line: { by, text, isCutShort } }: { line: Heard }) {
  const words = useWords();
  if (by === "end") return <p class="event">{words.callEnded}</p>;
  if (by === "key") return <p class="event">{words.pressed(text)}</p>;
  if (by === "problem") return <p class="event problem">{text}</p>;
  return (
    <div class={`line ${by}`}>
      <span class="by">{by === "line" ? words.line : words.you}</span>
      <p>{text}</p>
      {isCutShort ? <span class="cut">{words.cutShort}</span> : null}
    </div>
  );
}
