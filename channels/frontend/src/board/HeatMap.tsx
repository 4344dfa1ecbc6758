import { language } from "../shared/page";
import { useWords } from "./around";
import { figure, weekdays } from "./figures";
import type { Detail } from "./protocol";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const SHADES = 5;

/** A number by hour and day of the week: the darker, the more. */
export function HeatMap({ detail: { hours, unit } }: { detail: Detail }) {
  const words = useWords();
  const found = new Map(hours.map((one) => [`${one.day} ${one.hour}`, one]));
  const values = hours.flatMap(({ value }) => (value === null ? [] : [value]));
  const shown = (value: number | null) => figure(value, unit, language.value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return (
    <figure class="heat">
      <div class="scroll" tabIndex={0} role="group" aria-label={words.byHour}>
        <table>
          <caption>{words.byHour}</caption>
          <thead>
            <tr>
              <td />
              {HOURS.map((hour) => (
                <th key={hour} scope="col">
                  {hour % 3 === 0 ? hour : <span class="unseen">{hour}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays(language.value).map((name, day) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {HOURS.map((hour) => {
                  const one = found.get(`${day + 1} ${hour}`);
                  const told = one ? `${shown(one.value)} (${one.count})` : "";
                  return (
                    <td key={hour} class={shade(one?.value ?? null, least, most)} title={told}>
                      <span class="unseen">{told}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {values.length === 0 ? null : (
        <figcaption>
          <span class="shade-1" aria-hidden="true" /> {shown(least)} <span class="shade-5" aria-hidden="true" /> {shown(most)}
        </figcaption>
      )}
    </figure>
  );
}

function shade(value: number | null, least: number, most: number): string {
  if (value === null) return "";
  const share = most > least ? (value - least) / (most - least) : 1;
  return `shade-${1 + Math.round(share * (SHADES - 1))}`;
}
