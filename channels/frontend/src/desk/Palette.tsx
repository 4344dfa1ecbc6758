import { useState } from "preact/hooks";
import { useDesk, useWords } from "./around";
import { Dialog } from "./Dialog";
import { offered } from "./palette";

const LIST = "palette-list";
const optionId = (nth: number) => `palette-${nth}`;

/** Everything that can be done now, by a few letters of its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const desk = useDesk();
  const words = useWords();
  const [typed, setTyped] = useState("");
  const [marked, setMarked] = useState(0);
  const found = offered(desk, typed, words);
  return (
    <Dialog title={words.palette} onClose={onClose}>
      {(close) => (
        <>
          <input
            class="field"
            role="combobox"
            autofocus
            aria-label={words.palette}
            aria-autocomplete="list"
            aria-expanded="true"
            aria-controls={LIST}
            aria-activedescendant={found.length > 0 ? optionId(marked) : undefined}
            placeholder={words.paletteHint}
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setMarked(0);
            }}
            onKeyDown={(event) => onKey(event, close)}
          />
          <ul id={LIST} class="palette" role="listbox" aria-label={words.palette}>
            {found.map(({ id, name, detail, hotkey }, nth) => (
              <li
                key={id}
                id={optionId(nth)}
                role="option"
                aria-selected={nth === marked}
                onClick={() => does(nth, close)}
              >
                <span>{name}</span>
                {detail ? <span class="preview">{detail}</span> : null}
                {hotkey ? <kbd>{hotkey}</kbd> : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );

  function onKey(event: KeyboardEvent, close: () => void): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) setMarked((marked + by + found.length) % found.length);
    else if (event.key === "Enter") does(marked, close);
    else return;
    event.preventDefault();
  }

  function does(nth: number, close: () => void): void {
    close();
    found[nth]?.act();
  }
}
