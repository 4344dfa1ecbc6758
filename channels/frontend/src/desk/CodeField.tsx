import { language } from "../shared/page";
import { useWords } from "./around";
import type { Code, WrapUp } from "./protocol";

type Props = { rules: WrapUp; value: string; onChange: (code: string) => void };

/** Asks what a conversation was about; a letter or two finds a code. */
export function CodeField({ rules: { codes, obligatory }, value, onChange }: Props) {
  const words = useWords();
  return (
    <label>
      {words.aboutCode}
      <select
        class="field"
        required={obligatory}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{obligatory ? words.chooseCode : words.noCode}</option>
        {codes.map((code) => (
          <Choices key={code.key} code={code} />
        ))}
      </select>
    </label>
  );
}

function Choices({ code }: { code: Code }) {
  const name = code[language.value];
  if (!code.finer?.length) return <option value={code.key}>{name}</option>;
  return (
    <optgroup label={name}>
      {code.finer.map((finer) => (
        <option key={finer.key} value={`${code.key}/${finer.key}`}>
          {finer[language.value]}
        </option>
      ))}
    </optgroup>
  );
}
