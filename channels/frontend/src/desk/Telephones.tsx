import { useWords } from "./around";
import type { Leg } from "./protocol";

/** Whose telephones ring or talk for the open conversation. */
export function Telephones({ legs }: { legs: readonly Leg[] }) {
  const words = useWords();
  const shown = legs.filter(({ part }) => part !== "caller");
  return (
    <p class="telephones" role="status">
      {shown.map((leg) => (
        <span key={leg.id} class={`mark ${leg.state}`}>
          {words.legs[does(leg)](leg.agent ?? words.anAgent)}
        </span>
      ))}
    </p>
  );
}

function does({ part, state, whispers }: Leg): Leg["state"] | "listens" | "whispers" {
  if (part !== "listener" || state !== "joined") return state;
  return whispers ? "whispers" : "listens";
}
