import { useDesk, useWords } from "./around";

export const CANNED_LIST = "canned-list";

/** The name by which the box says which reply is marked. */
export const cannedOption = (nth: number) => `canned-${nth}`;

/** The canned replies that fit what is typed, above the box. */
export function CannedList({ onTake }: { onTake: (nth: number) => void }) {
  const { canned } = useDesk();
  const words = useWords();
  const { value: found } = canned.found;
  if (found.length === 0) return null;
  return (
    <ul id={CANNED_LIST} class="canned" role="listbox" aria-label={words.canned}>
      {found.map(({ name, text }, nth) => (
        <li
          key={name}
          id={cannedOption(nth)}
          role="option"
          aria-selected={nth === canned.marked.value}
          // Before the box loses the focus to the click.
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(nth);
          }}
        >
          <strong>/{name}</strong> <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
