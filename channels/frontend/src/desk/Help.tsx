import { useLayoutEffect, useRef } from "preact/hooks";
import { useWords } from "./around";

/** Which key does what. */
export function Help({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => box.current?.showModal(), []);
  return (
    <dialog ref={box} class="ask" aria-label={words.helpTitle} onClose={onClose}>
      <h2>{words.helpTitle}</h2>
      <dl class="keys">
        {Object.entries(words.keys).map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="buttons">
        <button type="button" class="button strong" onClick={() => box.current?.close()}>
          {words.dismiss}
        </button>
      </p>
    </dialog>
  );
}
