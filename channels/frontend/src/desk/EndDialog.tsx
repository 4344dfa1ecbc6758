import { useEffect, useState } from "preact/hooks";
import { useDesk, useWords } from "./around";
import { CodeField } from "./CodeField";
import { Question } from "./Dialog";
import { NoteField } from "./NoteField";
import { type OutcomeName, OUTCOMES, recorded } from "./outcomes";
import { DID, useFactWords } from "./story/factWords";
import { summaryOf } from "./summary";

/** The two ways in which a conversation leaves an agent. */
export type Ends = "return" | "close";

/** Asks what it was about and how it ended, and then lets the conversation go. */
export function EndDialog({ how, onClose }: { how: Ends; onClose: () => void }) {
  const { deeds, opened } = useDesk();
  const words = useWords();
  const inWords = useFactWords();
  const [code, setCode] = useState("");
  const [outcome, setOutcome] = useState<OutcomeName>("solved");
  const [note, setNote] = useState(summary);
  useEffect(() => void deeds.learnCodes(), []);
  const { value: rules } = deeds.wrapUp;
  const isReturn = how === "return";
  return (
    <Question
      title={isReturn ? words.endReturn : words.endClose}
      hint={isReturn ? words.endReturnHint : words.endCloseHint}
      answer={{
        name: isReturn ? words.giveBack : words.close,
        act: end,
        isOffered: code !== "" || !rules.obligatory,
      }}
      onClose={onClose}
    >
      <CodeField rules={rules} value={code} onChange={setCode} />
      <label>
        {words.outcome}
        <select
          class="field"
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value as OutcomeName)}
        >
          {OUTCOMES.map((name) => (
            <option key={name} value={name}>
              {words.outcomes[name]}
            </option>
          ))}
        </select>
      </label>
      <NoteField name={words.summary} value={note} onChange={setNote} />
    </Question>
  );

  function summary(): string {
    const { value: story } = opened.story;
    const done = story?.brief.tried.filter(({ what }) => what.startsWith(DID)) ?? [];
    return summaryOf(
      story?.handoff ?? null,
      opened.transcript.messages.value,
      done.flatMap((fact) => inWords(fact) ?? []),
      words,
    );
  }

  async function end(): Promise<void> {
    const language = opened.story.value?.conversation.language;
    if (!language) return;
    const ending = { code, outcome: recorded(outcome, language), note };
    await (isReturn ? deeds.giveBack(ending) : deeds.close(ending));
  }
}
