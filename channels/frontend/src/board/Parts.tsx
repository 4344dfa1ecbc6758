import { language } from "../shared/page";
import { useWords } from "./around";
import { figure } from "./figures";
import type { Detail } from "./protocol";

/** A number by channel and language. */
export function Parts({ detail: { parts, unit } }: { detail: Detail }) {
  const words = useWords();
  if (parts.length === 0) return null;
  return (
    <table class="parts">
      <caption class="unseen">{words.byPart}</caption>
      <thead>
        <tr>
          <th scope="col">{words.channel}</th>
          <th scope="col">{words.language}</th>
          <th scope="col">{words.value}</th>
          <th scope="col">{words.count}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.channel + part.language}>
            <td>{words.channels[part.channel]}</td>
            <td>{words.languages[part.language]}</td>
            <td>{figure(part.value, unit, language.value)}</td>
            <td>{part.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
