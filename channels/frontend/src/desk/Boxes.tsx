import { useEffect, useRef, useState } from "preact/hooks";
import { LONGEST_TEXT } from "../shared/protocol";
import { useDesk, useWords } from "./around";
import { type Filled, hasGap } from "./canned";
import { CANNED_LIST, CannedList, cannedOption } from "./CannedList";
import type { Box } from "./drafts";
import type { Story } from "./protocol";

/** Where words to the customer are written. */
export function ReplyBox({ story }: { story: Story }) {
  const words = useWords();
  const spoken = useDesk().calling.speaks.value ? words.replyLater : words.replyOnPhone;
  const hint = story.conversation.channel === "phone" ? spoken : words.cannedHint;
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
  const { canned, drafts, deeds } = desk;
  const { id } = story.conversation;
  const [text, setText] = useState(drafts.text(id, box));
  const [isBusy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const inserted = drafts.inserted.value;
  const seen = useRef(inserted);
  useEffect(() => {
    if (box !== "reply" || seen.current === inserted) return;
    seen.current = inserted;
    setText(drafts.text(id, box));
    area.current?.focus();
  }, [inserted]);
  const { value: learned } = drafts.learned;
  useEffect(() => setText(drafts.text(id, box)), [learned]);
  useEffect(() => () => canned.close(), []);
  const isReply = box === "reply";
  const isChoosing = isReply && canned.found.value.length > 0;
  const wrong = whatIsWrong();
  const field = `box-${box}`;
  return (
    <form class={`box ${box}`} onSubmit={send}>
      <label for={field}>
        {name} <kbd>{hotkey}</kbd>
        <span class={wrong ? "hint bad" : "hint"}>{wrong ?? hint}</span>
      </label>
      {isReply ? <CannedList onTake={take} /> : null}
      <div class="row">
        <textarea
          ref={area}
          id={field}
          rows={isReply ? 3 : 1}
          value={text}
          aria-invalid={wrong !== null}
          aria-autocomplete={isReply ? "list" : undefined}
          aria-controls={isChoosing ? CANNED_LIST : undefined}
          aria-activedescendant={isChoosing ? cannedOption(canned.marked.value) : undefined}
          onInput={(event) => write(event.currentTarget)}
          onBlur={() => isReply && canned.close()}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="button" disabled={isBusy || wrong !== null || !text.trim()}>
          {does}
        </button>
      </div>
    </form>
  );

  function whatIsWrong(): string | null {
    const over = text.length - LONGEST_TEXT;
    if (over > 0) return words.tooLong(over);
    return isReply && hasGap(text) ? words.gapLeft : null;
  }

  function write({ value, selectionStart }: HTMLTextAreaElement): void {
    setText(value);
    drafts.keep(id, box, value);
    deeds.typing(box);
    if (isReply) void canned.look(value, selectionStart, words.gaps);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (isChoosing && choose(event)) return;
    if (event.key === "Enter" && !event.shiftKey) void send(event);
  }

  /** Keys belong to the list while there is one. */
  function choose(event: KeyboardEvent): boolean {
    const keys: Record<string, () => void> = {
      ArrowDown: () => canned.move(1),
      ArrowUp: () => canned.move(-1),
      Enter: () => take(canned.marked.value),
      Tab: () => take(canned.marked.value),
      Escape: () => canned.close(),
    };
    const deed = keys[event.key];
    if (!deed || event.shiftKey) return false;
    event.preventDefault();
    event.stopPropagation();
    deed();
    return true;
  }

  function take(nth: number): void {
    const taken = canned.take(text, nth);
    if (taken) put(taken);
  }

  function put({ text: filled, from, to }: Filled): void {
    setText(filled);
    drafts.keep(id, box, filled);
    // Once the box shows it.
    requestAnimationFrame(() => area.current?.setSelectionRange(from, to));
  }

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    const said = text.trim();
    if (isBusy || !said || wrong !== null) return;
    setBusy(true);
    const isSent = await deeds.send(box, said);
    setBusy(false);
    if (isSent) setText("");
  }
}
