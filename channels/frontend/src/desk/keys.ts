import type { Desk } from "./desk";
import { dialog } from "./dialogs";
import type { Line, Telephone } from "./telephone";

/** Do what a key stands for, unless the agent is writing or a dialog asks something. */
export function onDeskKey(event: KeyboardEvent, desk: Desk): void {
  if (!desk.entry.agent.value || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return leave();
  if (isWriting(event.target) || dialog.value !== null) return;
  const deeds: Record<string, () => void> = {
    j: () => void desk.step(1),
    k: () => void desk.step(-1),
    t: () => canTake(desk) && void desk.deeds.claim().then(() => focus("reply")),
    f: () => (dialog.value = "search"),
    r: () => focus("reply"),
    n: () => focus("note"),
    p: () => canSpeak(desk) && void desk.calling.speak(),
    a: () => telephoneThat(desk, "rings")?.pickUp(),
    "1": () => telephoneThat(desk, "talks")?.press("1"),
    "2": () => telephoneThat(desk, "talks")?.press("2"),
    h: () => desk.isMine.value && desk.calling.speaks.value && void desk.calling.hold(!desk.calling.isHeld.value),
    x: () => desk.isMine.value && (dialog.value = "transfer"),
    b: () => desk.isMine.value && (dialog.value = "return"),
    e: () => desk.isMine.value && (dialog.value = "close"),
    "?": () => (dialog.value = "help"),
  };
  const deed = deeds[event.key.toLowerCase()];
  if (!deed) return;
  event.preventDefault();
  deed();
}

function telephoneThat(desk: Desk, state: Line): Telephone | undefined {
  const { value: telephone } = desk.entry.telephone;
  return telephone?.line.value === state ? telephone : undefined;
}

/** Whether the open conversation waits for somebody to take it. */
export function canTake(desk: Desk): boolean {
  return desk.opened.story.value?.conversation.handler === "queue";
}

/** Whether the agent can have themself put through to the open conversation's caller. */
export function canSpeak(desk: Desk): boolean {
  const isByPhone = desk.opened.story.value?.conversation.channel === "phone";
  return isByPhone && (canTake(desk) || desk.isMine.value) && !desk.calling.myLeg.value;
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

function leave(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

function focus(box: "reply" | "note"): void {
  document.getElementById(`box-${box}`)?.focus();
}
