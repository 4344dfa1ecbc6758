import { useState } from "preact/hooks";
import { useDesk } from "../around";
import type { Story } from "../protocol";
import { dropForm, finishForm } from "./deeds";
import { Field } from "./Field";
import { begun, filled, FORMS, type FormTitle, isFinishable, OPTIONAL } from "./forms";
import { useStoryWords } from "./words";

/** The form that was left open; without one, what an agent may do for the customer. */
export function FormBox({ story }: { story: Story }) {
  const told = useStoryWords();
  const open = story.form?.title;
  const [chosen, setChosen] = useState<FormTitle | "">("");
  const title = open ?? chosen;
  return (
    <section id="form" tabIndex={-1}>
      <h3>{open ? told.form : told.beginForm}</h3>
      {open ? (
        <p class="matter">{told.matters[open]}</p>
      ) : (
        <select
          class="field"
          aria-label={told.beginForm}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value as FormTitle | "")}
        >
          <option value="">{told.chooseForm}</option>
          {Object.keys(FORMS).map((name) => (
            <option key={name} value={name}>
              {told.matters[name]}
            </option>
          ))}
        </select>
      )}
      {isFinishable(title) ? <Fields key={title} title={title} story={story} /> : null}
      {open && !isFinishable(open) ? <Known story={story} /> : null}
    </section>
  );
}

function Fields({ title, story }: { title: FormTitle; story: Story }) {
  const desk = useDesk();
  const told = useStoryWords();
  const [values, setValues] = useState(() => begun(title, story.form, story));
  const [isBusy, setBusy] = useState(false);
  const isProved = ["verified", "strong"].includes(story.conversation.level);
  const isOpen = story.form?.title === title;
  return (
    <form class="fill" onSubmit={submit}>
      {FORMS[title].map((name) => (
        <Field
          key={name}
          name={name}
          title={title}
          story={story}
          values={values}
          isNeeded={!OPTIONAL.has(name)}
          onChange={(value) => setValues({ ...values, [name]: value })}
        />
      ))}
      <p class="faint">{isProved ? told.formHint : told.formProof}</p>
      <p class="buttons">
        {isOpen ? (
          <button
            type="button"
            class="button small"
            disabled={isBusy || !desk.isMine.value}
            onClick={() => void dropForm(desk, title)}
          >
            {told.dropForm}
          </button>
        ) : null}
        <button
          type="submit"
          class="button small strong"
          disabled={isBusy || !desk.isMine.value || !isProved}
        >
          {told.finishForm}
        </button>
      </p>
    </form>
  );

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    await finishForm(desk, filled(title, values));
    setBusy(false);
  }
}

/** A form that only the assistant can go on with, as far as it came. */
function Known({ story: { form } }: { story: Story }) {
  const desk = useDesk();
  const told = useStoryWords();
  if (!form) return null;
  const given = Object.entries(form.given).filter(([name]) => name in told.fields);
  return (
    <>
      <dl>
        {given.map(([name, value]) => (
          <div key={name}>
            <dt>{told.fields[name]}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
      <p class="faint">{told.cannotFinish}</p>
      {desk.isMine.value ? (
        <p class="buttons">
          <button type="button" class="button small" onClick={() => void dropForm(desk, form.title)}>
            {told.dropForm}
          </button>
        </p>
      ) : null}
    </>
  );
}
