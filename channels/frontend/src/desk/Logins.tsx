import { useEffect } from "preact/hooks";
import { moment } from "../shared/format";
import { language } from "../shared/page";
import { useDesk, useWords } from "./around";
import { browserName } from "./browserName";
import type { Login } from "./protocol";

/** Where the agent is logged in, so that what is not theirs can be ended. */
export function Logins() {
  const { account } = useDesk();
  const words = useWords();
  useEffect(() => void account.look(), []);
  const logins = account.logins.value;
  const isElsewhere = logins.some((login) => !login.this);
  return (
    <section>
      <h3>{words.logins}</h3>
      <ul class="logins">
        {logins.map((login) => (
          <li key={login.id}>
            <Place login={login} />
            {login.this ? (
              <span class="mark">{words.thisLogin}</span>
            ) : (
              <button type="button" class="button quiet" onClick={() => void account.end(login.id)}>
                {words.endLogin}
              </button>
            )}
          </li>
        ))}
      </ul>
      {isElsewhere ? (
        <button type="button" class="button" onClick={() => void account.end("others")}>
          {words.endOthers}
        </button>
      ) : (
        <p class="faint">{words.onlyHere}</p>
      )}
    </section>
  );
}

function Place({ login: { browser, address, since, seen } }: { login: Login }) {
  const words = useWords();
  const spoken = language.value;
  return (
    <span>
      {browserName(browser) ?? words.someBrowser}, {address}
      <small>{words.loginSince(moment(since, spoken), moment(seen, spoken))}</small>
    </span>
  );
}
