import { LanguageSwitch } from "../shared/LanguageSwitch";
import { useDesk, useWords } from "./around";
import { BellSwitch } from "./BellSwitch";
import { dialog } from "./dialogs";
import { StatusControl } from "./StatusControl";

/** Who is at the desk, and what holds for the whole of it. */
export function TopBar() {
  const desk = useDesk();
  const words = useWords();
  return (
    <header class="bar">
      <h1 class="brand">
        {words.product} <span>{words.title}</span>
      </h1>
      <StatusControl />
      <button type="button" class="button quiet" onClick={() => (dialog.value = "help")}>
        {words.help} <kbd>?</kbd>
      </button>
      {desk.entry.may("oversee") ? (
        <a class="button quiet" href="/desk/board">
          {words.board}
        </a>
      ) : null}
      {desk.entry.may("administer") || desk.entry.may("audit") ? (
        <a class="button quiet" href="/admin/">
          {words.administration}
        </a>
      ) : null}
      <BellSwitch />
      <LanguageSwitch />
      <button type="button" class="button quiet agent" onClick={() => (dialog.value = "profile")}>
        {desk.entry.agent.value?.name} <span class="unseen">{words.profile}</span>
      </button>
      <button type="button" class="button quiet" onClick={() => void desk.logOut()}>
        {words.logOut}
      </button>
    </header>
  );
}

/** What went wrong, in words. */
export function Troubles() {
  const desk = useDesk();
  const words = useWords();
  const { value: trouble } = desk.attempts.trouble;
  return (
    <div class="troubles">
      <div role="status">
        {desk.link.value === "offline" ? <p class="trouble offline">{words.offline}</p> : null}
      </div>
      <div role="alert">
        {trouble === null ? null : (
          <p class="trouble">
            <span>{trouble === "unreachable" ? words.unreachable : trouble.text}</span>
            <button type="button" class="button quiet" onClick={() => (desk.attempts.trouble.value = null)}>
              {words.dismiss}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}
