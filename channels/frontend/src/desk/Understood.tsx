import { useWords } from "./around";
import { Fact } from "./CustomerPanel";
import { useStoryWords } from "./story/words";

/** What the assistant has understood, as far as an agent can use it. */
export function Understood({ slots }: { slots: Record<string, string> }) {
  const words = useWords();
  const { matters } = useStoryWords();
  const told = Object.entries(slots);
  return (
    <section>
      <h3>{words.understood}</h3>
      {told.length === 0 ? <p class="faint">{words.none}</p> : null}
      <dl>
        {told.map(([name, value]) => (
          <Fact key={name} name={words.slots[name] ?? name}>
            {name === "wish" ? (matters[value] ?? value) : value}
          </Fact>
        ))}
      </dl>
    </section>
  );
}
