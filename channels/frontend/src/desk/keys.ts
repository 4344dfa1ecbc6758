import { COMMANDS, type Key, telephoneThat } from "./commands";
import type { Desk } from "./desk";
import { dialog } from "./dialogs";

/** Do what a key stands for, unless the agent is writing or a dialog asks something. */
export function onDeskKey(event: KeyboardEvent, desk: Desk): void {
  if (!desk.entry.agent.value || dialog.value !== null) return;
  if (isPalette(event)) {
    event.preventDefault();
    dialog.value = "palette";
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return leave();
  if (isWriting(event.target)) return;
  if (telephoneThat(desk, "talks") && "12".includes(event.key)) {
    telephoneThat(desk, "talks")?.press(event.key);
    return;
  }
  const command = COMMANDS[event.key.toUpperCase() as Key];
  if (!command) return;
  event.preventDefault();
  if (command.can === undefined || command.can(desk)) command.act(desk);
}

function isPalette({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && key.toLowerCase() === "k";
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

function leave(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
