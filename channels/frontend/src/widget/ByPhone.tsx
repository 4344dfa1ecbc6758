import { useEffect, useRef, useState } from "preact/hooks";
import type { PhoneWay } from "../shared/protocol";
import { CloseIcon, PhoneIcon } from "./icons";
import { useChat } from "./Widget";

/** The way to the phone while it is asked for, and that the conversation is there while it is. */
export function ByPhone() {
  const { chat, words } = useChat();
  const way = chat.phone.value;
  return (
    <div role="status" class="by-phone-place">
      {chat.linkRefused.value ? <p class="notice">{words.linkRefused}</p> : null}
      {chat.standing.value.by_phone ? (
        <p class="by-phone">
          <PhoneIcon /> {words.onThePhone}
        </p>
      ) : null}
      {typeof way === "string" ? <p class="notice">{way}</p> : null}
      {way !== null && typeof way !== "string" ? <Way key={way.code} way={way} /> : null}
    </div>
  );
}

function Way({ way }: { way: PhoneWay }) {
  const { chat, words } = useChat();
  const isOver = useOver(way.expires_at);
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section ref={box} class="way" tabIndex={-1} aria-label={words.goOnByPhone}>
      <button type="button" class="tool" aria-label={words.hideWay} onClick={() => chat.forgetPhone()}>
        <CloseIcon />
      </button>
      <p>{words.callThis}</p>
      <p class="number">
        {isTouched() ? <a href={`tel:${way.number}`}>{way.written}</a> : way.written}
      </p>
      {isOver ? (
        <button type="button" class="anew" onClick={() => chat.askForPhone()}>
          {words.newCode}
        </button>
      ) : (
        <>
          <p>{words.keyIn}</p>
          <p class="code" aria-label={[...way.code].join(" ")}>
            {way.code}
          </p>
          <p class="hint">{words.codeHint}</p>
        </>
      )}
    </section>
  );
}

/** Only what is touched can usually telephone. */
function isTouched(): boolean {
  return window.matchMedia("(pointer: coarse)").matches;
}

function useOver(moment: string): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const left = Math.max(new Date(moment).getTime() - Date.now(), 0);
    const timer = setTimeout(() => setOver(true), left);
    return () => clearTimeout(timer);
  }, [moment]);
  return isOver;
}
