import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Language } from "../shared/protocol";
import { useDesk, useWords } from "./around";

/** Where the agent is rung for callers, and in which language they are told who it is. */
export function Profile({ onClose }: { onClose: () => void }) {
  const desk = useDesk();
  const words = useWords();
  const box = useRef<HTMLDialogElement>(null);
  const { value: agent } = desk.agent;
  const [phone, setPhone] = useState(agent?.phone ?? "");
  const [spoken, setSpoken] = useState<Language | "">(agent?.language ?? "");
  const [isBusy, setBusy] = useState(false);
  useLayoutEffect(() => box.current?.showModal(), []);
  return (
    <dialog ref={box} class="ask" aria-label={words.profile} onClose={onClose}>
      <form onSubmit={keep}>
        <h2>{words.profile}</h2>
        <p class="faint">{words.profileHint}</p>
        <label>
          {words.myPhone}
          <input
            class="field"
            type="tel"
            autocomplete="tel"
            maxLength={40}
            value={phone}
            onInput={(event) => setPhone(event.currentTarget.value)}
          />
        </label>
        <label>
          {words.briefedIn}
          <select
            class="field"
            value={spoken}
            onChange={(event) => setSpoken(event.currentTarget.value as Language | "")}
          >
            <option value="">{words.callersLanguage}</option>
            <option value="de">{words.languages.de}</option>
            <option value="en">{words.languages.en}</option>
          </select>
        </label>
        <p class="buttons">
          <button type="button" class="button" onClick={() => box.current?.close()}>
            {words.cancel}
          </button>
          <button type="submit" class="button strong" disabled={isBusy}>
            {words.keep}
          </button>
        </p>
      </form>
    </dialog>
  );

  async function keep(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    await desk.changeProfile(phone.trim(), spoken || null);
    // A refusal is shown above the conversation, where it can be read.
    box.current?.close();
  }
}
