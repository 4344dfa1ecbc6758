import { moment } from "../shared/format";
import { language } from "../shared/page";
import { useBoard, useWords } from "./around";
import { figure } from "./figures";
import type { Detail } from "./protocol";

/** What a number is made of, the worst first, each a step away from its conversation. */
export function Conversations({ detail: { key, unit } }: { detail: Detail }) {
  const board = useBoard();
  const words = useWords();
  const { value: counted } = board.counted;
  if (counted.length === 0) return <p class="faint">{words.nothing}</p>;
  // A share is made of hits and misses; so is what is only counted.
  const isShown = unit === "seconds" || unit === "stars";
  return (
    <ul class="counted">
      {counted.map(({ conversation, at, channel, language: spoken, value, name }, place) => (
        <li key={`${conversation}${place}`}>
          <a href={`/desk#${conversation}`}>
            <strong>{name ?? words.someone}</strong>
            <span>{moment(at, language.value)}</span>
            <span>{words.channels[channel]}</span>
            <span>{words.languages[spoken]}</span>
            <span class="value">
              {isShown ? figure(value, unit, language.value) : unit === "share" ? words.counts(key, value > 0) : ""}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
