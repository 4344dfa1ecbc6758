import { elapsed, moment } from "../../shared/format";
import { language } from "../../shared/page";
import { useNow, useWords } from "../around";
import type { Fact, Handoff, Story } from "../protocol";
import { useFactWords } from "./factWords";
import { reveal } from "./reveal";
import { useStoryWords } from "./words";

const LINES = ["who", "wants", "tried", "missing", "next"] as const;

/** The five lines to read first; each fact leads to where it is written. */
export function Brief({ story }: { story: Story }) {
  const told = useStoryWords();
  return (
    <section class="brief">
      <h3>{told.brief}</h3>
      <dl>
        {LINES.map((line) => (
          <div key={line} data-line={line}>
            <dt>{told.lines[line]}</dt>
            <dd>
              {story.brief[line].map((fact) => (
                <FactLink key={`${fact.what}${fact.value}`} fact={fact} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {story.handoff ? <Trigger handoff={story.handoff} story={story} /> : null}
    </section>
  );
}

function FactLink({ fact }: { fact: Fact }) {
  const told = useStoryWords();
  const words = useFactWords()(fact);
  if (words === null) return null;
  return (
    <button
      type="button"
      class="fact"
      title={told.toSource(told.sources[fact.source.kind])}
      onClick={() => reveal(fact.source)}
    >
      {words}
    </button>
  );
}

/** The sentence and the rule that led to the hand-off, and how long it waited. */
function Trigger({ handoff, story }: { handoff: Handoff; story: Story }) {
  const words = useWords();
  const now = useNow();
  const { reason, trigger, requested_at, claimed_at, note, department, wanted_agent, signs } = handoff;
  const told = useStoryWords();
  const wanted = [wanted_agent, department ? (words.departments[department] ?? department) : null];
  const wantedInWords = wanted.filter(Boolean).join(", ");
  const until = claimed_at ? Date.parse(claimed_at) : now;
  const { channel, language: spoken } = story.conversation;
  return (
    <div class="trigger-of" id="handoff" tabIndex={-1}>
      <p class="reason">
        <strong>{words.reasons[reason] ?? reason}</strong>
        <time dateTime={requested_at} title={moment(requested_at, language.value)}>
          {words.waitedFor} {elapsed(requested_at, until)}
        </time>
      </p>
      {trigger?.text ? (
        <button
          type="button"
          class="fact"
          onClick={() => reveal({ kind: "message", ref: String(trigger.seq) })}
        >
          <q>{trigger.text}</q>
        </button>
      ) : null}
      {signs?.length ? (
        <p>
          {told.counted}{" "}
          {signs.map(({ kind, seen }) => (
            <span key={`${kind}${seen}`} class="sign">
              {told.signs[kind] ? `${told.signs[kind]}: ` : null}
              <q>{seen}</q>
            </span>
          ))}
        </p>
      ) : null}
      <p class="faint">
        {words.channels[channel]} · {words.languages[spoken]}
        {wantedInWords ? ` · ${words.wanted}: ${wantedInWords}` : null}
      </p>
      {note && !story.form ? <p class="faint">{note}</p> : null}
    </div>
  );
}
