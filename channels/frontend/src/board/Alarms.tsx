import { language } from "../shared/page";
import { useBoard, useWords } from "./around";
import { figure } from "./figures";

/** The numbers that are past the shop's limits; each leads to what it is made of. */
export function Alarms() {
  const board = useBoard();
  const words = useWords();
  const past = board.numbers.value?.numbers.filter(({ limit }) => limit !== null) ?? [];
  return (
    <div role="status" class="alarms">
      {past.map(({ key, name, value, unit, limit, high_is_bad }) => (
        <button key={key} type="button" class="alarm" onClick={() => void board.choose(key)}>
          <strong>
            {name}: {figure(value, unit, language.value)}
          </strong>{" "}
          {high_is_bad ? words.over : words.under} {figure(limit, unit, language.value)}
        </button>
      ))}
    </div>
  );
}
