import { useState } from "preact/hooks";
import type { Language } from "../shared/protocol";
import { useDesk, useWords } from "./around";
import { Question } from "./Dialog";
import { dialog } from "./dialogs";

/** Where the agent is rung for callers, and in which language they are told who it is. */
export function Profile({ onClose }: { onClose: () => void }) {
  const { entry } = useDesk();
  const words = useWords();
  const { value: agent } = entry.agent;
  const [phone, setPhone] = useState(agent?.phone ?? "");
  const [spoken, setSpoken] = useState<Language | "">(agent?.language ?? "");
  const keep = () => entry.changeProfile(phone.trim(), spoken || null);
  return (
    <Question
      title={words.profile}
      hint={words.profileHint}
      answer={{ name: words.keep, act: keep }}
      onClose={onClose}
    >
      <label>
        {words.myPhone}
        <input
          class="field"
          type="tel"
          autocomplete="tel"
          maxLength={40}
          value={phone}
          onInput={(event) => setPhone(event.currentTarget.value)}
        />
      </label>
      <label>
        {words.briefedIn}
        <select
          class="field"
          value={spoken}
          onChange={(event) => setSpoken(event.currentTarget.value as Language | "")}
        >
          <option value="">{words.callersLanguage}</option>
          <option value="de">{words.languages.de}</option>
          <option value="en">{words.languages.en}</option>
        </select>
      </label>
      <button type="button" class="button" onClick={() => (dialog.value = "account")}>
        {words.account}
      </button>
    </Question>
  );
}
