import { LanguageSwitch } from "../shared/LanguageSwitch";
import type { Channel, Language } from "../shared/protocol";
import { daysTable } from "./api";
import { useBoard, useWords } from "./around";

const PERIODS = [1, 7, 28] as const;

/** What the board looks at, and the ways to elsewhere. */
export function Filters() {
  const board = useBoard();
  const words = useWords();
  const { value: look } = board.look;
  return (
    <header class="bar">
      <h1 class="brand">
        {words.product} <span>{words.title}</span>
      </h1>
      <div class="periods" role="group" aria-label={words.period}>
        {PERIODS.map((days) => (
          <button
            key={days}
            type="button"
            aria-pressed={look.days === days}
            onClick={() => void board.turn({ days })}
          >
            {words.periods[days]}
          </button>
        ))}
      </div>
      <Choice
        name={words.channel}
        chosen={look.channel}
        options={words.channels}
        onChoose={(channel) => void board.turn({ channel: channel as Channel | null })}
      />
      <Choice
        name={words.language}
        chosen={look.language}
        options={words.languages}
        onChoose={(spoken) => void board.turn({ language: spoken as Language | null })}
      />
      <a class="button quiet" href={daysTable(look)} download>
        {words.table}
      </a>
      <a class="button quiet" href="/desk">
        {words.toDesk}
      </a>
      <LanguageSwitch also={() => void board.refresh()} />
    </header>
  );
}

type ChoiceProps = {
  name: string;
  chosen: string | null;
  options: Record<string, string>;
  onChoose: (chosen: string | null) => void;
};

function Choice({ name, chosen, options, onChoose }: ChoiceProps) {
  const words = useWords();
  return (
    <select
      class="choice"
      aria-label={name}
      value={chosen ?? ""}
      onChange={(event) => onChoose(event.currentTarget.value || null)}
    >
      <option value="">{words.all(name)}</option>
      {Object.entries(options).map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}
