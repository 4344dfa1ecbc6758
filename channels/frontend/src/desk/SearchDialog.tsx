import { moment } from "../shared/format";
import { language } from "../shared/page";
import { useDesk, useWords } from "./around";
import { Dialog } from "./Dialog";
import type { Found } from "./protocol";
import { SearchFilters } from "./SearchFilters";
import { pieces } from "./search";

/** Finds conversations by words or names, and opens them. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  const { search, opened } = useDesk();
  const words = useWords();
  const { value: found } = search.found;
  return (
    <Dialog title={words.search} isWide onClose={onClose}>
      {(close) => (
        <form class="search" onSubmit={find} onKeyDown={walk}>
          <input
            class="field"
            type="search"
            maxLength={200}
            autofocus
            aria-label={words.search}
            placeholder={words.searchFor}
            value={search.wish.value.words}
            onInput={(event) => search.change({ words: event.currentTarget.value })}
          />
          <SearchFilters />
          <p class="faint" role="status">
            {search.isBusy.value ? words.searching : found ? words.foundCount(found.length) : words.searchHint}
          </p>
          <ul class="hits">
            {found?.map((one) => (
              <li key={one.conversation}>
                <Hit found={one} onOpen={() => open(one, close)} />
              </li>
            ))}
          </ul>
        </form>
      )}
    </Dialog>
  );

  function open({ conversation, seq }: Found, close: () => void): void {
    close();
    void opened.open(conversation, seq);
  }

  function find(event: Event): void {
    event.preventDefault();
    void search.find();
  }
}

function Hit({ found, onOpen }: { found: Found; onOpen: () => void }) {
  const words = useWords();
  const { name, channel, at, excerpt, handler, agent, author, times } = found;
  return (
    <button type="button" class="hit" onClick={onOpen}>
      <span class="first">
        <strong>{name ?? words.someone}</strong>
        <span class="wait">{moment(at, language.value)}</span>
      </span>
      <span class="excerpt">
        <span class="faint">{words.authors[author]}: </span>
        {pieces(excerpt).map(({ text, isFound }, nth) =>
          isFound ? <mark key={nth}>{text}</mark> : text,
        )}
      </span>
      <span class="marks">
        <span class={`mark ${channel}`}>{words.channels[channel]}</span>
        <span class="mark">{found.language.toUpperCase()}</span>
        <span class="mark">{words.handlers[handler]}</span>
        {agent ? <span class="mark">{agent}</span> : null}
        {times > 1 ? <span class="mark">{words.foundTimes(times)}</span> : null}
      </span>
    </button>
  );
}

/** Up and down lead from the field through what was found. */
function walk(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isInList = event.target instanceof HTMLElement && event.target.matches(".hit, [type=search]");
  if (!by || !isInList) return;
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const stops = [...form.querySelectorAll<HTMLElement>("[type=search], .hit")];
  stops[stops.indexOf(event.target as HTMLElement) + by]?.focus();
}
