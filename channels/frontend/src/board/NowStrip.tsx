import { useEffect, useState } from "preact/hooks";
import { useBoard, useWords } from "./around";
import { stopwatch } from "./figures";

const LONG_SECONDS = 60;

/** What is so at this moment. */
export function NowStrip() {
  const board = useBoard();
  const words = useWords();
  const { waiting, with_agents } = board.now.value;
  return (
    <section class="now" aria-label={words.now}>
      <Live measure="waiting" name={words.waiting} value={waiting?.count} />
      <Longest since={waiting?.since ?? null} />
      <Live measure="with_agents" name={words.withAgents} value={with_agents?.count} />
    </section>
  );
}

function Longest({ since }: { since: string | null }) {
  const words = useWords();
  const now = useNow();
  const waited = since === null ? null : (now - Date.parse(since)) / 1000;
  return (
    <Live
      measure="longest_wait"
      name={words.longest}
      value={waited === null ? "–" : stopwatch(waited)}
      isBad={waited !== null && waited > LONG_SECONDS}
    />
  );
}

type LiveProps = { measure: string; name: string; value: string | number | undefined; isBad?: boolean };

function Live({ measure, name, value, isBad = false }: LiveProps) {
  const board = useBoard();
  return (
    <button
      type="button"
      class="live"
      aria-pressed={board.chosen.value === measure}
      onClick={() => void board.choose(measure)}
    >
      <span>{name}</span>
      <strong class={isBad ? "bad" : ""}>{value ?? "–"}</strong>
    </button>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
