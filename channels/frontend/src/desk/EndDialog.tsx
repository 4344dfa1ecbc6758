import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useDesk, useWords } from "./around";
import { type OutcomeName, OUTCOMES, recorded } from "./outcomes";

/** The two ways in which a conversation leaves an agent. */
export type Ends = "return" | "close";

/** Asks for the outcome, and then lets the conversation go. */
export function EndDialog({ how, onClose }: { how: Ends; onClose: () => void }) {
  const desk = useDesk();
  const words = useWords();
  const box = useRef<HTMLDialogElement>(null);
  const [outcome, setOutcome] = useState<OutcomeName>("solved");
  const [note, setNote] = useState("");
  const [isBusy, setBusy] = useState(false);
  // Before the next key: a late modal would take the focus from under the agent's hands.
  useLayoutEffect(() => box.current?.showModal(), []);
  const title = how === "return" ? words.endReturn : words.endClose;
  return (
    <dialog ref={box} class="ask" aria-label={title} onClose={onClose}>
      <form onSubmit={end}>
        <h2>{title}</h2>
        <p class="faint">{how === "return" ? words.endReturnHint : words.endCloseHint}</p>
        <label>
          {words.outcome}
          <select
            class="field"
            value={outcome}
            onChange={(event) => setOutcome(event.currentTarget.value as OutcomeName)}
          >
            {OUTCOMES.map((name) => (
              <option key={name} value={name}>
                {words.outcomes[name]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.outcomeNote}
          <textarea
            class="field note"
            rows={3}
            maxLength={4000}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </label>
        <p class="buttons">
          <button type="button" class="button" onClick={() => box.current?.close()}>
            {words.cancel}
          </button>
          <button type="submit" class="button strong" disabled={isBusy}>
            {how === "return" ? words.giveBack : words.close}
          </button>
        </p>
      </form>
    </dialog>
  );

  async function end(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { value: story } = desk.story;
    if (!story) return;
    setBusy(true);
    const ending = { outcome: recorded(outcome, story.conversation.language), note };
    await (how === "return" ? desk.giveBack(ending) : desk.close(ending));
    // A refusal is shown above the conversation, where it has moved on.
    box.current?.close();
  }
}
