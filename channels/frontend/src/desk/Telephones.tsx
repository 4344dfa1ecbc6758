import { useWords } from "./around";
import type { Leg } from "./protocol";

/** Whose telephones ring or talk for the open conversation. */
export function Telephones({ legs }: { legs: readonly Leg[] }) {
  const words = useWords();
  const shown = legs.filter(({ part }) => part !== "caller");
  return (
    <p class="telephones" role="status">
      {shown.map(({ id, agent, state }) => (
        <span key={id} class={`mark ${state}`}>
          {words.legs[state](agent ?? words.anAgent)}
        </span>
      ))}
    </p>
  );
}
