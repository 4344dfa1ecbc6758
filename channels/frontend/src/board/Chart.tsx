import { useEffect, useRef } from "preact/hooks";
import { language } from "../shared/page";
import { useWords } from "./around";
import { figure, shortDay } from "./figures";
import type { Detail } from "./protocol";

const HEIGHT = 170;

interface Point {
  name: string;
  value: number | null;
  count: number;
}

/** A number over the days, or over the hours of a single day; the same as a table beside it. */
export function Chart({ detail, days }: { detail: Detail; days: number }) {
  const words = useWords();
  const place = useRef<HTMLDivElement>(null);
  const points = pointsOf(detail, days);
  const drawn = JSON.stringify([points, language.value]);
  useEffect(() => {
    const box = place.current!;
    let stop = () => {};
    let isGone = false;
    void import("./plot").then(({ plot }) => {
      if (!isGone) stop = plot(box, points, (value) => figure(value, detail.unit, language.value), HEIGHT);
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [drawn]);
  return (
    <figure class="chart">
      <figcaption>{days === 1 ? words.overHours : words.overDays}</figcaption>
      <div ref={place} aria-hidden="true" class="plot" />
      <details>
        <summary>{words.asTable}</summary>
        <table>
          <tbody>
            {points.map(({ name, value, count }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{figure(value, detail.unit, language.value)}</td>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function pointsOf({ days, hours }: Detail, wanted: number): readonly Point[] {
  if (wanted > 1) {
    return days.map(({ day, value, count }) => ({ name: shortDay(day, language.value), value, count }));
  }
  const found = new Map(hours.map((one) => [one.hour, one]));
  return Array.from({ length: 24 }, (_, hour) => {
    const one = found.get(hour);
    return { name: String(hour), value: one?.value ?? null, count: one?.count ?? 0 };
  });
}
