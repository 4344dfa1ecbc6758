import { useState } from "preact/hooks";
import { LanguageSwitch } from "../shared/LanguageSwitch";
import { useDesk, useWords } from "./around";

/** The way in. */
export function Login() {
  const desk = useDesk();
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const { value: trouble } = desk.attempts.trouble;
  return (
    <main class="login">
      <form onSubmit={logIn}>
        <p class="brand">{words.product}</p>
        <h1>{words.welcome}</h1>
        <label>
          {words.login}
          <input class="field" name="login" autocomplete="username" required autofocus />
        </label>
        <label>
          {words.password}
          <input
            class="field"
            name="password"
            type="password"
            autocomplete="current-password"
            required
          />
        </label>
        {desk.entry.needsCode.value ? (
          <label>
            {words.code}
            <input
              class="field"
              name="code"
              inputMode="numeric"
              autocomplete="one-time-code"
              maxLength={9}
              required
              autofocus
            />
          </label>
        ) : null}
        <p role="alert" class="wrong">
          {trouble === null ? null : trouble === "unreachable" ? words.unreachable : trouble.text}
        </p>
        <button type="submit" class="button strong" disabled={isBusy}>
          {words.logIn}
        </button>
        <LanguageSwitch />
      </form>
    </main>
  );

  async function logIn(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    const [login, password] = [String(given.get("login")), String(given.get("password"))];
    await desk.logIn(login, password, String(given.get("code") ?? ""));
    setBusy(false);
  }
}
