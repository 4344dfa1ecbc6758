import { useEffect, useState } from "preact/hooks";
import { useDesk, useWords } from "./around";
import { type Answer, Question } from "./Dialog";
import { NoteField } from "./NoteField";
import type { Colleague } from "./protocol";

const ANYBODY = "queue:";

/** Passes the customer on to a colleague or a department, or asks a colleague first. */
export function TransferDialog({ onClose }: { onClose: () => void }) {
  const { deeds, calling } = useDesk();
  const words = useWords();
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);
  const [departments, setDepartments] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState(ANYBODY);
  const [note, setNote] = useState("");
  useEffect(() => {
    void deeds.departments().then(setDepartments);
    void deeds.colleagues().then((found) => {
      setColleagues(found);
      if (found[0]) setChosen(found[0].id);
    });
  }, []);
  const askFirst: Answer = {
    name: words.askFirst,
    act: () => calling.consult(chosen),
    isOffered: colleagues.some(({ id, by_phone }) => id === chosen && by_phone),
  };
  return (
    <Question
      title={words.passOn}
      hint={words.passOnHint}
      answer={{ name: words.passOn, act: passOn }}
      others={calling.speaks.value ? [askFirst] : []}
      onClose={onClose}
    >
      <label>
        {words.toWhom}
        <select
          class="field"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {colleagues.length > 0 ? (
            <optgroup label={words.colleagues}>
              {colleagues.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          ) : null}
          <optgroup label={words.queues}>
            <option value={ANYBODY}>{words.anybody}</option>
            {departments.map((key) => (
              <option key={key} value={`${ANYBODY}${key}`}>
                {words.departments[key] ?? key}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <NoteField name={words.passOnNote} value={note} onChange={setNote} />
    </Question>
  );

  function passOn(): Promise<boolean> {
    if (!chosen.startsWith(ANYBODY)) return deeds.passOn(chosen, note.trim());
    return deeds.toQueue(chosen.slice(ANYBODY.length) || null, note.trim());
  }
}
