import { language } from "../../shared/page";
import type { Story } from "../protocol";
import { EVERY, type FormTitle, linesOf, ordersFor, type Values } from "./forms";
import { useStoryWords } from "./words";

type Props = {
  name: string;
  title: FormTitle;
  story: Story;
  values: Values;
  isNeeded: boolean;
  onChange: (value: string) => void;
};

/** One field of a form: what can be chosen is chosen, the rest is written. */
export function Field(props: Props) {
  const told = useStoryWords();
  const { name, isNeeded, values, onChange } = props;
  const choices = useChoices(props);
  const id = `form-${name}`;
  const isUnneeded = name === "quantity" && values.line === EVERY;
  if (isUnneeded) return null;
  return (
    <label for={id}>
      <span>
        {told.fields[name]} {isNeeded ? null : <small>{told.ifAny}</small>}
      </span>
      {choices ? (
        <select
          id={id}
          class="field"
          required={isNeeded}
          value={values[name]}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          <option value="">{told.choose}</option>
          {choices.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          class="field"
          inputMode={name === "quantity" ? "numeric" : undefined}
          pattern={name === "quantity" ? "[1-9][0-9]{0,2}" : undefined}
          maxLength={200}
          autocomplete="off"
          required={isNeeded}
          value={values[name]}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </label>
  );
}

function useChoices({ name, title, story, values }: Props): [string, string][] | null {
  const told = useStoryWords();
  switch (name) {
    case "order":
      return ordersFor(title, story, values.order).map(({ number, lines }) => [
        number,
        `${number} · ${lines.map((line) => line.title).join(", ")}`,
      ]);
    case "line":
      return [
        ...linesOf(values.order, story).map(({ sku, title: named }): [string, string] => [
          sku,
          named,
        ]),
        [EVERY, told.everything],
      ];
    case "reason":
      return Object.entries(told.reasons);
    case "country": {
      const names = new Intl.DisplayNames([language.value], { type: "region" });
      return story.countries.map((code) => [code, names.of(code) ?? code]);
    }
    default:
      return null;
  }
}
