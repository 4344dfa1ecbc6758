import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useWords } from "./around";

type DialogProps = {
  title: string;
  isWide?: boolean;
  onClose: () => void;
  /** What is in it, given the way to close it. */
  children: (close: () => void) => ComponentChildren;
};

/** A box over the page that has the keyboard until it is closed, and then gives it back. */
export function Dialog({ title, isWide, onClose, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  // Before the next key: a late modal would take the focus from under the agent's hands.
  useLayoutEffect(() => box.current?.showModal(), []);
  return (
    <dialog ref={box} class={isWide ? "ask wide" : "ask"} aria-label={title} onClose={onClose}>
      <h2>{title}</h2>
      {children(() => box.current?.close())}
    </dialog>
  );
}

/** One way in which what a dialog asks can be answered. */
export interface Answer {
  name: string;
  act: () => Promise<unknown>;
  isOffered?: boolean;
}

type QuestionProps = {
  title: string;
  hint?: string;
  /** What Enter does. */
  answer: Answer;
  others?: readonly Answer[];
  onClose: () => void;
  children: ComponentChildren;
};

/** A dialog that asks something, does one thing about it, and closes. */
export function Question({ title, hint, answer, others = [], onClose, children }: QuestionProps) {
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  return (
    <Dialog title={title} onClose={onClose}>
      {(close) => (
        <form
          onSubmit={(event) => void give(event, answer, close)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && event.ctrlKey) event.currentTarget.requestSubmit();
          }}
        >
          {hint ? <p class="faint">{hint}</p> : null}
          {children}
          <p class="buttons">
            <button type="button" class="button" onClick={close}>
              {words.cancel}
            </button>
            {others.map((other) => (
              <button
                key={other.name}
                type="button"
                class="button"
                disabled={isBusy || other.isOffered === false}
                onClick={(event) => void give(event, other, close)}
              >
                {other.name}
              </button>
            ))}
            <button
              type="submit"
              class="button strong"
              disabled={isBusy || answer.isOffered === false}
            >
              {answer.name}
            </button>
          </p>
        </form>
      )}
    </Dialog>
  );

  async function give(event: Event, { act }: Answer, close: () => void): Promise<void> {
    event.preventDefault();
    setBusy(true);
    await act();
    // A refusal is shown above the conversation, where it has moved on.
    close();
  }
}
