import type { Signal } from "@preact/signals";
import type { Desk } from "./desk";
import type { Dialog } from "./DeskPage";
import type { Telephone } from "./telephone";

/** Do what a key stands for, unless the agent is writing or a dialog asks something. */
export function onDeskKey(
  event: KeyboardEvent,
  desk: Desk,
  dialog: Signal<Dialog>,
): void {
  if (!desk.agent.value || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return leave();
  if (isWriting(event.target) || dialog.value !== null) return;
  const deeds: Record<string, () => void> = {
    j: () => void desk.step(1),
    k: () => void desk.step(-1),
    t: () => canTake(desk) && void desk.claim().then(() => focus("reply")),
    r: () => focus("reply"),
    n: () => focus("note"),
    p: () => canSpeak(desk) && void desk.speak(),
    a: () => desk.telephone.value?.line.value === "rings" && desk.telephone.value.pickUp(),
    "1": () => talking(desk)?.press("1"),
    "2": () => talking(desk)?.press("2"),
    h: () => desk.speaks.value && void desk.hold(!desk.isHeld.value),
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

function talking(desk: Desk): Telephone | undefined {
  const { value: telephone } = desk.telephone;
  return telephone?.line.value === "talks" ? telephone : undefined;
}

/** Whether the open conversation waits for somebody to take it. */
export function canTake(desk: Desk): boolean {
  return desk.story.value?.conversation.handler === "queue";
}

/** Whether the agent can have themself put through to the open conversation's caller. */
export function canSpeak(desk: Desk): boolean {
  const isByPhone = desk.story.value?.conversation.channel === "phone";
  return isByPhone && (canTake(desk) || desk.isMine.value) && !desk.myLeg.value;
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
