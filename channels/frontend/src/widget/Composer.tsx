import { useEffect, useRef, useState } from "preact/hooks";
import { LONGEST_TEXT } from "../shared/protocol";
import { SendIcon } from "./icons";
import { Rating } from "./Rating";
import { useChat } from "./Widget";

const NEARLY = 300;

/** Where the customer writes; Enter sends, Shift and Enter begin a new line. */
export function Composer() {
  const { chat, frame, words } = useChat();
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);

  if (chat.standing.value.handler === "closed") {
    return (
      <div class="bottom">
        {chat.standing.value.ratable ? <Rating /> : null}
        <button type="button" class="anew" onClick={beginAnew}>
          {words.anew}
        </button>
      </div>
    );
  }
  const left = LONGEST_TEXT - text.length;
  return (
    <div class="bottom">
      <form class={left < 0 ? "write over-long" : "write"} onSubmit={submit}>
        <textarea
          ref={box}
          rows={1}
          value={text}
          placeholder={words.placeholder}
          aria-label={words.placeholder}
          aria-invalid={left < 0}
          aria-describedby="length"
          onInput={write}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="send" aria-label={words.send} disabled={!isSayable(text)}>
          <SendIcon />
        </button>
      </form>
      <p id="length" role="status" class={left < 0 ? "length error" : "length"}>
        {left < 0 ? words.tooLong(-left) : left < NEARLY ? words.left(left) : null}
      </p>
    </div>
  );

  function write(event: Event): void {
    const area = event.target as HTMLTextAreaElement;
    setText(area.value);
    fit(area);
    chat.typing();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Enter also ends the composition of a character; that is not yet a message.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  }

  function submit(event: Event): void {
    event.preventDefault();
    if (!isSayable(text)) return;
    chat.say(text.trim());
    setText("");
    const area = box.current;
    if (!area) return;
    area.value = "";
    fit(area);
    area.focus();
  }

  function beginAnew(): void {
    frame.forgetRead();
    chat.beginAnew();
  }
}

function isSayable(text: string): boolean {
  return text.trim().length > 0 && text.length <= LONGEST_TEXT;
}

function fit(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
