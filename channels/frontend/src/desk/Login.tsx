import { useState } from "preact/hooks";
import { LanguageSwitch } from "../shared/LanguageSwitch";
import { useDesk, useWords } from "./around";

/** The way in. */
export function Login() {
  const desk = useDesk();
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const { value: trouble } = desk.attempts.trouble;
  const { value: ways } = desk.entry.ways;
  return (
    <main class="login">
      <form onSubmit={logIn}>
        <p class="brand">{words.product}</p>
        <h1>{words.welcome}</h1>
        {ways.provider ? (
          <a class={`button ${ways.passwords ? "" : "strong"}`} href="/desk/oidc/begin">
            {words.logInWith(ways.provider)}
          </a>
        ) : null}
        {ways.passwords ? <Password /> : null}
        <p role="alert" class="wrong">
          {trouble === null ? ways.refused : trouble === "unreachable" ? words.unreachable : trouble.text}
        </p>
        {ways.passwords ? (
          <button type="submit" class="button strong" disabled={isBusy}>
            {words.logIn}
          </button>
        ) : null}
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

/** What whoever comes in by password shows. */
function Password() {
  const desk = useDesk();
  const words = useWords();
  return (
    <>
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
    </>
  );
}
