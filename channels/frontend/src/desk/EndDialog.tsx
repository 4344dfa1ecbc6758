import { useState } from "preact/hooks";
import { useDesk, useWords } from "./around";
import { Question } from "./Dialog";
import { NoteField } from "./NoteField";
import { type OutcomeName, OUTCOMES, recorded } from "./outcomes";

/** The two ways in which a conversation leaves an agent. */
export type Ends = "return" | "close";

/** Asks for the outcome, and then lets the conversation go. */
export function EndDialog({ how, onClose }: { how: Ends; onClose: () => void }) {
  const { deeds, opened } = useDesk();
  const words = useWords();
  const [outcome, setOutcome] = useState<OutcomeName>("solved");
  const [note, setNote] = useState("");
  const isReturn = how === "return";
  return (
    <Question
      title={isReturn ? words.endReturn : words.endClose}
      hint={isReturn ? words.endReturnHint : words.endCloseHint}
      answer={{ name: isReturn ? words.giveBack : words.close, act: end }}
      onClose={onClose}
    >
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
      <NoteField name={words.outcomeNote} value={note} onChange={setNote} />
    </Question>
  );

  async function end(): Promise<void> {
    const language = opened.story.value?.conversation.language;
    if (!language) return;
    const ending = { outcome: recorded(outcome, language), note };
    await (isReturn ? deeds.giveBack(ending) : deeds.close(ending));
  }
}
