import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useDesk, useWords } from "./around";
import type { Colleague } from "./protocol";

/** Asks a colleague while the caller is on hold, or passes the customer on to them. */
export function TransferDialog({ onClose }: { onClose: () => void }) {
  const desk = useDesk();
  const words = useWords();
  const box = useRef<HTMLDialogElement>(null);
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);
  const [chosen, setChosen] = useState("");
  const [note, setNote] = useState("");
  const [isBusy, setBusy] = useState(false);
  useLayoutEffect(() => box.current?.showModal(), []);
  useEffect(() => {
    void desk.colleagues().then((found) => {
      setColleagues(found);
      setChosen(found[0]?.id ?? "");
    });
  }, []);
  const canAsk = colleagues.some(({ id, by_phone }) => id === chosen && by_phone);
  return (
    <dialog ref={box} class="ask" aria-label={words.passOn} onClose={onClose}>
      <form onSubmit={(event) => act(event, () => desk.passOn(chosen, note.trim()))}>
        <h2>{words.passOn}</h2>
        <p class="faint">{colleagues.length > 0 ? words.passOnHint : words.noColleagues}</p>
        <label>
          {words.colleague}
          <select
            class="field"
            value={chosen}
            disabled={colleagues.length === 0}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {colleagues.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.passOnNote}
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
          {desk.speaks.value ? (
            <button
              type="button"
              class="button"
              disabled={isBusy || !canAsk}
              onClick={(event) => act(event, () => desk.consult(chosen))}
            >
              {words.askFirst}
            </button>
          ) : null}
          <button type="submit" class="button strong" disabled={isBusy || !chosen}>
            {words.passOn}
          </button>
        </p>
      </form>
    </dialog>
  );

  async function act(event: Event, deed: () => Promise<unknown>): Promise<void> {
    event.preventDefault();
    setBusy(true);
    await deed();
    // A refusal is shown above the conversation, where it has moved on.
    box.current?.close();
  }
}
