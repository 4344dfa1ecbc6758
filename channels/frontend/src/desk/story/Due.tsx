import { moment } from "../../shared/format";
import { language } from "../../shared/page";
import { useDesk, useNow, useWords } from "../around";
import type { DueCase } from "../protocol";
import { useStoryWords } from "./words";

/** What was promised and is due, or soon will be; it comes here by itself. */
export function Due() {
  const desk = useDesk();
  const told = useStoryWords();
  const now = useNow();
  const due = desk.lists.value.due ?? [];
  if (due.length === 0) return null;
  const late = due.filter(({ due_at }) => Date.parse(due_at) <= now).length;
  return (
    <section>
      <h2>
        {told.dueCases} <span class={late > 0 ? "count urgent" : "count"}>{due.length}</span>
      </h2>
      <ul>
        {due.map((one) => (
          <li key={one.id}>
            <Entry one={one} isDue={Date.parse(one.due_at) <= now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ one, isDue }: { one: DueCase; isDue: boolean }) {
  const desk = useDesk();
  const words = useWords();
  const told = useStoryWords();
  const { conversation, number, kind, due_at, text, tags, name } = one;
  return (
    <button
      type="button"
      class="entry"
      disabled={conversation === null}
      aria-current={conversation !== null && desk.opened.selected.value === conversation}
      onClick={() => conversation && void desk.opened.open(conversation)}
    >
      <span class="first">
        <strong>{name ?? words.someone}</strong>
        <span class={isDue ? "wait long" : "wait"}>{isDue ? told.isDue : number}</span>
      </span>
      <span class="preview">{text}</span>
      <span class="marks">
        <span class="mark">{told.caseKinds[kind] ?? kind}</span>
        <span class="mark">{moment(due_at, language.value)}</span>
        {tags.map((tag) => (
          <span key={tag} class="mark">
            #{tag}
          </span>
        ))}
      </span>
    </button>
  );
}
