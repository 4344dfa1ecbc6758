import { useBoard, useWords } from "./around";
import type { Standing } from "./protocol";

const ORDER: readonly Standing[] = ["available", "busy", "wrap_up", "do_not_disturb", "away", "gone"];

/** Who is at the desk, what they say of themselves, and how many customers they have. */
export function People() {
  const board = useBoard();
  const words = useWords();
  const rank = (standing: Standing) => ORDER.indexOf(standing);
  const people = [...board.people.value].sort((a, b) => rank(a.standing) - rank(b.standing));
  const counted = ORDER.map((standing) => ({
    standing,
    count: people.filter((one) => one.standing === standing).length,
  })).filter(({ count }) => count > 0);
  return (
    <section class="people" aria-labelledby="people-name">
      <h2 id="people-name">
        {words.people}
        {counted.map(({ standing, count }) => ` · ${count} ${words.standings[standing]}`)}
      </h2>
      {people.length === 0 ? <p class="faint">{words.nobodyThere}</p> : null}
      <ul>
        {people.map(({ name, standing, conversations }, place) => (
          <li key={`${name}${place}`} class={standing}>
            <strong>{name}</strong> <em>{words.standings[standing]}</em>
            {conversations > 0 ? `, ${words.having(conversations)}` : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
