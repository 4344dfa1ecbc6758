import { useEffect, useRef, useState } from "preact/hooks";
import { LONGEST_TEXT } from "../shared/protocol";
import { useDesk, useWords } from "./around";
import type { Box } from "./drafts";
import type { Story } from "./protocol";

/** Where words to the customer are written. */
export function ReplyBox({ story }: { story: Story }) {
  const words = useWords();
  const spoken = useDesk().calling.speaks.value ? words.replyLater : words.replyOnPhone;
  const hint = story.conversation.channel === "phone" ? spoken : words.replyHint;
  return <WritingBox story={story} box="reply" name={words.reply} hint={hint} does={words.send} hotkey="R" />;
}

/** Where words among agents are written: another box, another colour, another route. */
export function NoteBox({ story }: { story: Story }) {
  const words = useWords();
  return (
    <WritingBox story={story} box="note" name={words.note} hint={words.noteHint} does={words.keepNote} hotkey="N" />
  );
}

type BoxProps = { story: Story; box: Box; name: string; hint: string; does: string; hotkey: string };

function WritingBox({ story, box, name, hint, does, hotkey }: BoxProps) {
  const desk = useDesk();
  const words = useWords();
  const { id } = story.conversation;
  const [text, setText] = useState(desk.drafts.text(id, box));
  const [isBusy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const inserted = desk.drafts.inserted.value;
  const seen = useRef(inserted);
  useEffect(() => {
    if (box !== "reply" || seen.current === inserted) return;
    seen.current = inserted;
    setText(desk.drafts.text(id, box));
    area.current?.focus();
  }, [inserted]);
  const over = text.length - LONGEST_TEXT;
  const field = `box-${box}`;
  return (
    <form class={`box ${box}`} onSubmit={send}>
      <label for={field}>
        {name} <kbd>{hotkey}</kbd>
        <span class={over > 0 ? "hint bad" : "hint"}>{over > 0 ? words.tooLong(over) : hint}</span>
      </label>
      <div class="row">
        <textarea
          ref={area}
          id={field}
          rows={box === "reply" ? 3 : 1}
          value={text}
          aria-invalid={over > 0}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="button" disabled={isBusy || over > 0 || !text.trim()}>
          {does}
        </button>
      </div>
    </form>
  );

  function write(words: string): void {
    setText(words);
    desk.drafts.keep(id, box, words);
    if (box === "reply") desk.deeds.typing();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) void send(event);
  }

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    const said = text.trim();
    if (isBusy || !said || over > 0) return;
    setBusy(true);
    const isSent = await desk.deeds.send(box, said);
    setBusy(false);
    if (isSent) setText("");
  }
}
