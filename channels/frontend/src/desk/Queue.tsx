import { elapsed } from "../shared/format";
import { useDesk, useNow, useWords } from "./around";
import { Callbacks } from "./Callbacks";
import type { Line } from "./protocol";
import { RingingOffer } from "./RingingOffer";
import { Due } from "./story/Due";

const LONG_WAIT_MS = 120_000;

/** Who waits, in the order in which they are served, and whom the agent has. */
export function Queue() {
  const desk = useDesk();
  const words = useWords();
  const { waiting, mine } = desk.lists.value;
  return (
    <nav class="queue" aria-label={words.waiting}>
      <RingingOffer />
      <List name={words.waiting} lines={waiting} empty={words.nobodyWaits} isWaiting />
      <List name={words.mine} lines={mine} empty={words.nothingMine} />
      <Callbacks />
      <Due />
    </nav>
  );
}

type ListProps = { name: string; lines: readonly Line[]; empty: string; isWaiting?: boolean };

function List({ name, lines, empty, isWaiting = false }: ListProps) {
  return (
    <section>
      <h2>
        {name} <span class={isWaiting && lines.length > 0 ? "count urgent" : "count"}>{lines.length}</span>
      </h2>
      {lines.length === 0 ? <p class="empty">{empty}</p> : null}
      <ul>
        {lines.map((line) => (
          <li key={line.id}>
            <Entry line={line} isWaiting={isWaiting} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ line, isWaiting }: { line: Line; isWaiting: boolean }) {
  const desk = useDesk();
  const words = useWords();
  const now = useNow();
  const ringsAt = desk.onDuty.ringsAt.value[line.id];
  const isLong = isWaiting && now - Date.parse(line.since) > LONG_WAIT_MS;
  return (
    <button
      type="button"
      class={desk.news.unread.value.has(line.id) ? "entry unread" : "entry"}
      aria-current={desk.opened.selected.value === line.id}
      onClick={() => void desk.opened.open(line.id)}
    >
      <span class="first">
        <strong>
          {line.name ?? words.someone}
          {desk.news.unread.value.has(line.id) ? <span class="unseen">, {words.unread}</span> : null}
        </strong>
        <span class={isLong ? "wait long" : "wait"}>{elapsed(line.since, now)}</span>
      </span>
      <span class="preview">{line.preview}</span>
      <span class="marks">
        <span class={`mark ${line.channel}`}>{words.channels[line.channel]}</span>
        <span class="mark">{line.language.toUpperCase()}</span>
        {line.department ? (
          <span class="mark">{words.departments[line.department] ?? line.department}</span>
        ) : null}
        {ringsAt ? <span class="mark rings">{words.ringsAt(ringsAt)}</span> : null}
        {line.reason ? <span class="reason">{words.reasons[line.reason] ?? line.reason}</span> : null}
      </span>
    </button>
  );
}
