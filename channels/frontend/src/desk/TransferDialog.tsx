import { useEffect, useState } from "preact/hooks";
import { useDesk, useWords } from "./around";
import { type Answer, Question } from "./Dialog";
import { NoteField } from "./NoteField";
import type { Colleague } from "./protocol";

/** Asks a colleague while the caller is on hold, or passes the customer on to them. */
export function TransferDialog({ onClose }: { onClose: () => void }) {
  const { deeds, calling } = useDesk();
  const words = useWords();
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);
  const [chosen, setChosen] = useState("");
  const [note, setNote] = useState("");
  useEffect(() => {
    void deeds.colleagues().then((found) => {
      setColleagues(found);
      setChosen(found[0]?.id ?? "");
    });
  }, []);
  const passOn: Answer = {
    name: words.passOn,
    act: () => deeds.passOn(chosen, note.trim()),
    isOffered: chosen !== "",
  };
  const askFirst: Answer = {
    name: words.askFirst,
    act: () => calling.consult(chosen),
    isOffered: colleagues.some(({ id, by_phone }) => id === chosen && by_phone),
  };
  return (
    <Question
      title={words.passOn}
      hint={colleagues.length > 0 ? words.passOnHint : words.noColleagues}
      answer={passOn}
      others={calling.speaks.value ? [askFirst] : []}
      onClose={onClose}
    >
      <label>
        {words.colleague}
        <select
          class="field"
          value={chosen}
          disabled={colleagues.length === 0}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {colleagues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <NoteField name={words.passOnNote} value={note} onChange={setNote} />
    </Question>
  );
}
