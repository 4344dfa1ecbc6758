import { useWords } from "./around";
import { Fact } from "./CustomerPanel";

/** What the assistant needs for itself and would only puzzle an agent. */
const ITS_OWN = new Set(["suggested", "misunderstood", "code"]);

/** What the assistant has understood, as far as an agent can use it. */
export function Understood({ slots }: { slots: Record<string, unknown> }) {
  const words = useWords();
  const told = Object.entries(slots).filter(
    ([name, value]) => !ITS_OWN.has(name) && isTelling(value),
  );
  return (
    <section>
      <h3>{words.understood}</h3>
      {told.length === 0 ? <p class="faint">{words.none}</p> : null}
      <dl>
        {told.map(([name, value]) => (
          <Fact key={name} name={words.slots[name] ?? name}>
            {inWords(value)}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

function isTelling(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "" && value !== false;
}

function inWords(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
