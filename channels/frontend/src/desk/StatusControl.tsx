import { useDesk, useNow, useWords } from "./around";
import type { Status } from "./protocol";

const STATUSES: readonly Status[] = ["available", "busy", "do_not_disturb", "away"];

/** Whether the agent takes customers; after one, how long they are still left in peace. */
export function StatusControl() {
  const desk = useDesk();
  const words = useWords();
  const now = useNow();
  const { status, wrap_up_until } = desk.onDuty.duty.value;
  const left = wrap_up_until ? Math.ceil((Date.parse(wrap_up_until) - now) / 1000) : 0;
  return (
    <div class="status-control">
      <label class={`status ${left > 0 ? "wrap_up" : status}`}>
        <span class="unseen">{words.status}</span>
        <select
          value={status}
          onChange={(event) => void desk.onDuty.choose(event.currentTarget.value as Status)}
        >
          {STATUSES.map((one) => (
            <option key={one} value={one}>
              {words.statuses[one]}
            </option>
          ))}
        </select>
      </label>
      {left > 0 ? (
        <button type="button" class="button quiet" onClick={() => void desk.onDuty.choose("available")}>
          {words.wrapUp(left)}
        </button>
      ) : null}
    </div>
  );
}
