import { language } from "../shared/page";
import { useBoard, useWords } from "./around";
import { figure } from "./figures";
import type { Compared } from "./protocol";

/** The numbers of the time that is looked at. */
export function Tiles() {
  const board = useBoard();
  const words = useWords();
  const numbers = board.numbers.value?.numbers.filter(({ now }) => !now) ?? [];
  return (
    <section class="tiles" aria-label={words.numbers}>
      {numbers.map((number) => (
        <Tile key={number.key} number={number} />
      ))}
    </section>
  );
}

function Tile({ number }: { number: Compared }) {
  const board = useBoard();
  const words = useWords();
  const { key, name, unit, value, count, before } = number;
  const shown = (given: number | null) => figure(given, unit, language.value);
  const target = board.numbers.value?.target ?? 0;
  const isBelow = key === "service_level" && value !== null && value < target;
  return (
    <button
      type="button"
      class="tile"
      aria-pressed={board.chosen.value === key}
      onClick={() => void board.choose(key)}
    >
      <span class="name">{name}</span>
      <strong class={isBelow ? "bad" : ""}>{shown(value)}</strong>
      <span class="beside">
        {key === "service_level" ? `${words.target} ${shown(target)} · ` : ""}
        {unit === "number" ? "" : `${words.of(count)} · `}
        <Change number={number} />
        <span>
          {words.before} {shown(before)}
        </span>
      </span>
    </button>
  );
}

/** Which way it went; what that means is said by a colour and by a sign. */
function Change({ number: { value, before, high_is_bad } }: { number: Compared }) {
  if (value === null || before === null || value === before) return null;
  const isUp = value > before;
  return <span class={isUp === high_is_bad ? "worse" : "better"}>{isUp ? "▲ " : "▼ "}</span>;
}
