import { useEffect, useState } from "preact/hooks";
import { language } from "../shared/page";
import { demoCustomers, type DemoCustomer, loginOf } from "./catalogue";
import { widget } from "./widget";
import { useWords } from "./words";

/** Who to be, what to say, and where to see what comes of it. */
export function TryOut() {
  const words = useWords();
  const [customers, setCustomers] = useState<readonly DemoCustomer[]>([]);
  useEffect(() => {
    demoCustomers(language.value).then(setCustomers, () => setCustomers([]));
  }, [language.value]);
  return (
    <section class="try" id="try">
      <h2>{words.tryTitle}</h2>
      <p class="intro">{words.tryIntro}</p>
      <div class="columns">
        <div>
          <h3>{words.say}</h3>
          <ul class="says">
            {words.says.split("\n").map((sentence) => (
              <li>
                <Copyable text={sentence} />
              </li>
            ))}
          </ul>
          <h3>{words.places}</h3>
          <ul class="places">
            <Place href="/demo/outbox" name={words.outbox} about={words.outboxIs} />
            <Place href="/desk" name={words.desk} about={words.deskIs} />
            <Place href="/demo/phone" name={words.phone} about={words.phoneIs} />
          </ul>
        </div>
        <div>
          <h3>{words.tryAs}</h3>
          <ul class="people">
            {customers.map((customer) => (
              <li key={customer.number}>
                <Person customer={customer} />
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}

function Person({ customer }: { customer: DemoCustomer }) {
  return (
    <>
      <p class="person">
        <strong>{customer.name}</strong>
        <span class="tag">{customer.language.toUpperCase()}</span>
      </p>
      {customer.try ? <p class="hint">{customer.try}</p> : null}
      {[customer.email, customer.phone].map((contact) =>
        contact ? <Copyable key={contact} text={contact} /> : null,
      )}
      <LogIn customer={customer} />
    </>
  );
}

/** Open the chat as a customer whom the shop's own login knows. */
function LogIn({ customer }: { customer: DemoCustomer }) {
  const words = useWords();
  return (
    <button type="button" class="log-in" onClick={logIn}>
      {words.logIn}
      <span class="unseen"> {customer.name}</span>
    </button>
  );

  function logIn(): void {
    void loginOf(customer.number).then((token) => {
      widget()?.identify(token);
      widget()?.open();
    });
  }
}

function Place({ href, name, about }: { href: string; name: string; about: string }) {
  return (
    <li>
      <a href={href}>
        <strong>{name}</strong>
        <span>{about}</span>
      </a>
    </li>
  );
}

function Copyable({ text }: { text: string }) {
  const words = useWords();
  const [isCopied, setCopied] = useState(false);
  return (
    <button type="button" class="copyable" aria-label={words.copy(text)} onClick={copy}>
      <span>{text}</span>
      <em role="status">{isCopied ? words.copied : ""}</em>
    </button>
  );

  function copy(): void {
    void navigator.clipboard?.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  }
}
