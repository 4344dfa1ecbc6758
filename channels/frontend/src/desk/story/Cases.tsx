import { useState } from "preact/hooks";
import { moment } from "../../shared/format";
import { language } from "../../shared/page";
import { useDesk, useNow, useWords } from "../around";
import type { Case, Story } from "../protocol";
import { changeCase, openCase } from "./deeds";
import { localMoment, tagsIn, tomorrow } from "./moments";
import { useStoryWords } from "./words";

/** The matters that somebody must see to, and the promise of another one. */
export function Cases({ story }: { story: Story }) {
  const words = useWords();
  const told = useStoryWords();
  return (
    <section id="case" tabIndex={-1}>
      <h3>{told.cases}</h3>
      {story.cases.length === 0 ? <p class="faint">{words.none}</p> : null}
      {story.cases.map((one) => (
        <CaseFacts key={one.id} one={one} />
      ))}
      <PromiseBox key={story.conversation.id} />
    </section>
  );
}

function CaseFacts({ one }: { one: Case }) {
  const told = useStoryWords();
  const isDue = useNow() >= Date.parse(one.due_at) && one.state !== "closed";
  return (
    <details class="order case" id={`case-${one.number}`} tabIndex={-1} open={one.state === "open"}>
      <summary>
        <strong>{one.number}</strong>
        <span class={`state ${isDue ? "due" : one.state}`}>{told.caseStates[one.state]}</span>
        <span class="total">{told.caseKinds[one.kind] ?? one.kind}</span>
      </summary>
      <p class={isDue ? "warning" : undefined}>
        {one.state === "closed" ? told.closed : told.due}{" "}
        {moment(one.closed_at ?? one.due_at, language.value)}
      </p>
      <p class="text">{one.text}</p>
      {one.reply_to ? <p>{one.reply_to}</p> : null}
      <CaseSteps one={one} />
    </details>
  );
}

function CaseSteps({ one }: { one: Case }) {
  const desk = useDesk();
  const told = useStoryWords();
  const isClosed = one.state === "closed";
  const isMine = one.agent_id !== null && one.agent_id === desk.entry.agent.value?.id;
  return (
    <>
      <label class="inline">
        {told.tags}
        <input
          class="field"
          value={one.tags.join(", ")}
          placeholder={told.tagsHint}
          onChange={(event) => void change({ tags: tagsIn(event.currentTarget.value) })}
        />
      </label>
      {isClosed ? null : (
        <label class="inline">
          {told.comesBack}
          <input
            class="field"
            type="datetime-local"
            value={localMoment(one.due_at)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (value) void change({ due_at: new Date(value).toISOString() });
            }}
          />
        </label>
      )}
      <p class="buttons">
        {isClosed ? (
          <Step does={told.reopen} change={{ state: "open" }} />
        ) : (
          <>
            <Step does={isMine ? told.letGo : told.takeCase} change={{ mine: !isMine }} />
            {one.state === "waiting" ? (
              <Step does={told.reopen} change={{ state: "open" }} />
            ) : (
              <Step does={told.waitFor} change={{ state: "waiting" }} />
            )}
            <Step does={told.settle} change={{ state: "closed" }} />
          </>
        )}
      </p>
    </>
  );

  function change(to: Record<string, unknown>): Promise<boolean> {
    return changeCase(desk, one.id, to);
  }

  function Step({ does, change: to }: { does: string; change: Record<string, unknown> }) {
    return (
      <button
        type="button"
        class="button small"
        aria-label={`${does}: ${one.number}`}
        onClick={() => void change(to)}
      >
        {does}
      </button>
    );
  }
}

/** A promise to come back to the customer, which then comes back to the desk by itself. */
function PromiseBox() {
  const desk = useDesk();
  const told = useStoryWords();
  const [text, setText] = useState("");
  const [due, setDue] = useState(tomorrow);
  const [tags, setTags] = useState("");
  return (
    <details class="promise" id="promise">
      <summary>
        {told.promise} <kbd>U</kbd>
      </summary>
      <form class="fill" onSubmit={keep}>
        <label>
          {told.promised}
          <textarea
            id="promise-text"
            class="field"
            rows={2}
            maxLength={4000}
            required
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <label>
          {told.comesBack}
          <input
            class="field"
            type="datetime-local"
            required
            value={due}
            onInput={(event) => setDue(event.currentTarget.value)}
          />
        </label>
        <label>
          {told.tags}
          <input
            class="field"
            value={tags}
            placeholder={told.tagsHint}
            onInput={(event) => setTags(event.currentTarget.value)}
          />
        </label>
        <p class="buttons">
          <button type="submit" class="button small strong" disabled={!text.trim()}>
            {told.keepPromise}
          </button>
        </p>
      </form>
    </details>
  );

  async function keep(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const due_at = new Date(due).toISOString();
    const isKept = await openCase(desk, { kind: "follow_up", text, due_at, tags: tagsIn(tags) });
    if (isKept) setText("");
  }
}
