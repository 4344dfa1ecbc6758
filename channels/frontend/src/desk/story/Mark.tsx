import { day, moment, timeOfDay } from "../../shared/format";
import { language } from "../../shared/page";
import { useWords } from "../around";
import type { Source } from "../protocol";
import { reveal } from "./reveal";
import type { Entry } from "./timeline";
import { useStoryWords } from "./words";

/** Something that happened beside the words, in a line; it leads to all that is known of it. */
export function Mark({ entry, withDay = false }: { entry: Entry; withDay?: boolean }) {
  const mark = useMark(entry);
  if (mark === null) return null;
  const at = withDay ? day(entry.at, language.value) : timeOfDay(entry.at, language.value);
  return (
    <p class="step happened">
      {mark.source ? (
        <button type="button" class="fact" onClick={() => reveal(mark.source!)}>
          {mark.words}
        </button>
      ) : (
        mark.words
      )}{" "}
      ·{" "}
      <time dateTime={entry.at} title={moment(entry.at, language.value)}>
        {at}
      </time>
    </p>
  );
}

function useMark(entry: Entry): { words: string; source?: Source } | null {
  const told = useStoryWords();
  const words = useWords();
  switch (entry.kind) {
    case "happened": {
      const { kind, ref } = entry.happened;
      const done = told.did[kind];
      return done ? { words: [done, ref].filter(Boolean).join(" "), ...placed(kind, ref) } : null;
    }
    case "order": {
      const { number, state } = entry.order;
      return {
        words: `${told.facts.order!(number)} · ${words.orderStates[state] ?? state}`,
        source: { kind: "order", ref: number },
      };
    }
    case "return": {
      const { number, order } = entry.returned;
      return {
        words: `${told.did.return_announced} ${number}`,
        source: { kind: "order", ref: order },
      };
    }
    case "case": {
      const { number } = entry.opened;
      return {
        words: `${told.did.case_opened} ${number}`,
        source: { kind: "case", ref: number },
      };
    }
    case "suggestion": {
      const { title, outcome, place } = entry.suggested;
      const came = outcome ? (words.suggestionOutcomes[outcome] ?? outcome) : "";
      return { words: [told.suggested(title), told.places[place], came].filter(Boolean).join(" · ") };
    }
    default:
      return null;
  }
}

function placed(kind: string, ref: string): { source?: Source } {
  if (!ref) return {};
  if (kind.startsWith("case_")) return { source: { kind: "case", ref } };
  return kind.startsWith("order_") || kind === "invoice_sent"
    ? { source: { kind: "order", ref } }
    : {};
}
