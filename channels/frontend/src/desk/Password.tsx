import { useState } from "preact/hooks";
import { useDesk, useWords } from "./around";

const SHORTEST = 12;

/** A new password for whoever knows the present one. */
export function Password() {
  const { account } = useDesk();
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  return (
    <details>
      <summary>{words.newPassword}</summary>
      <form onSubmit={change}>
        <Secret name="old" label={words.oldPassword} hint="current-password" shortest={1} />
        <Secret name="next" label={words.nextPassword} hint="new-password" shortest={SHORTEST} />
        <p role="status" class={isWrong ? "wrong" : "faint"}>
          {outcome}
        </p>
        <button type="submit" class="button" disabled={isBusy}>
          {words.keep}
        </button>
      </form>
    </details>
  );

  async function change(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    setBusy(true);
    const trouble = await account.changePassword(String(given.get("old")), String(given.get("next")));
    setBusy(false);
    setWrong(trouble !== null);
    setOutcome(trouble === null ? words.passwordChanged : trouble || words.unreachable);
    if (trouble === null) form.reset();
  }
}

type SecretProps = { name: string; label: string; hint: "current-password" | "new-password"; shortest: number };

function Secret({ name, label, hint, shortest }: SecretProps) {
  return (
    <label>
      {label}
      <input class="field" name={name} type="password" autocomplete={hint} minLength={shortest} required />
    </label>
  );
}
