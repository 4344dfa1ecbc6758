import { useState } from "preact/hooks";
import { useDesk, useWords } from "./around";

/** Codes beside the password, for whoever wants them. */
export function SecondFactor() {
  const { account, entry } = useDesk();
  const words = useWords();
  const [address, setAddress] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const isOn = entry.agent.value?.second_factor ?? false;
  return (
    <details>
      <summary>{isOn ? words.secondFactorOn : words.secondFactor}</summary>
      {isOn || address ? (
        <form onSubmit={show}>
          {address ? <Key address={address} /> : null}
          <label>
            {words.code}
            <input class="field" name="code" inputMode="numeric" autocomplete="one-time-code" maxLength={9} required />
          </label>
          <p role="status" class="wrong">
            {trouble}
          </p>
          <button type="submit" class="button">
            {isOn ? words.endSecondFactor : words.keep}
          </button>
        </form>
      ) : (
        <form onSubmit={begin}>
          <p class="faint">{words.secondFactorHint}</p>
          <button type="submit" class="button">
            {words.setUp}
          </button>
        </form>
      )}
    </details>
  );

  async function begin(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setAddress(await account.beginSecondFactor());
  }

  async function show(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget as HTMLFormElement).get("code"));
    const why = await account.showCode(isOn ? "end" : "confirm", code);
    setTrouble(why === "" ? words.unreachable : why);
    if (why !== null) return;
    setAddress(null);
    await entry.enter();
  }
}

/** What an authenticator is told, to be opened there or typed in. */
function Key({ address }: { address: string }) {
  const words = useWords();
  const key = new URL(address).searchParams.get("secret") ?? "";
  return (
    <p>
      {words.typeKey} <code>{key.match(/.{1,4}/g)?.join(" ")}</code> <a href={address}>{words.openApp}</a>
    </p>
  );
}
