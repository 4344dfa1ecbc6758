import { language } from "../shared/page";
import { countedTable } from "./api";
import { useBoard, useWords } from "./around";
import { Chart } from "./Chart";
import { Conversations } from "./Conversations";
import { HeatMap } from "./HeatMap";
import { Parts } from "./Parts";
import type { Detail as Shown } from "./protocol";

/** One number taken apart: what it means, how it went, and what it is made of. */
export function Detail() {
  const board = useBoard();
  const words = useWords();
  const { value: detail } = board.detail;
  if (!detail) return <section class="detail">{words.loading}</section>;
  return (
    <section class="detail" aria-labelledby="detail-name">
      <Meaning detail={detail} />
      {detail.now ? null : (
        <div class="shapes">
          <Chart detail={detail} days={board.look.value.days} />
          <HeatMap detail={detail} />
        </div>
      )}
      <Parts detail={detail} />
      <div class="heading">
        <h3>{words.conversations}</h3>
        <a
          class="button quiet"
          href={countedTable(detail.key, board.look.value)}
          lang={language.value}
          download
        >
          {words.table}
        </a>
      </div>
      <Conversations detail={detail} />
    </section>
  );
}

function Meaning({ detail: { name, meaning, sql } }: { detail: Shown }) {
  const words = useWords();
  return (
    <>
      <h2 id="detail-name">{name}</h2>
      <p class="meaning">{meaning}</p>
      <details>
        <summary>{words.definition}</summary>
        <pre tabIndex={0}>{sql}</pre>
      </details>
    </>
  );
}
