import type { Desk } from "./desk";
import { dialog, type DialogName } from "./dialogs";
import type { en } from "./messages.en";
import { reveal } from "./story/reveal";
import { currentOffer, decide, nextSuggestion, putIntoReply } from "./story/suggesting";
import type { Line as TelephoneState, Telephone } from "./telephone";

/** The key of a command, by which the texts name it as well. */
export type Key = keyof typeof en.keys;

/** Something that an agent can do by a key, or by its name in the palette. */
export interface Command {
  /** Whether it can be done now; without this, always. */
  can?: (desk: Desk) => boolean;
  act: (desk: Desk) => void;
}

/** All of them; a key that is not here does what its text says by itself. */
export const COMMANDS: Partial<Record<Key, Command>> = {
  J: { act: (desk) => void desk.step(1) },
  K: { act: (desk) => void desk.step(-1) },
  F: { act: asks("search") },
  Y: { can: isRung, act: ({ onDuty }) => void onDuty.accept().then(() => focus("reply")) },
  D: { can: isRung, act: ({ onDuty }) => void onDuty.decline() },
  T: { can: canTake, act: (desk) => void desk.deeds.claim().then(() => focus("reply")) },
  R: { can: ({ maySpeak }) => maySpeak.value, act: () => focus("reply") },
  N: { can: ({ opened }) => opened.story.value !== null, act: () => focus("note") },
  W: { can: ({ opened }) => opened.story.value !== null, act: toForm },
  U: { can: ({ opened }) => opened.story.value !== null, act: promise },
  S: { can: hasSuggestions, act: nextSuggestion },
  O: { can: canSuggest, act: (desk) => putIntoReply(desk, currentOffer(desk)) },
  "+": { can: canSuggest, act: (desk) => void decide(desk, currentOffer(desk), "accepted") },
  "-": { can: canSuggest, act: (desk) => void decide(desk, currentOffer(desk), "declined") },
  P: { can: canSpeak, act: (desk) => void desk.calling.speak() },
  A: {
    can: (desk) => telephoneThat(desk, "rings") !== undefined,
    act: (desk) => telephoneThat(desk, "rings")?.pickUp(),
  },
  H: {
    can: (desk) => canHoldChat(desk) || (desk.isMine.value && desk.calling.speaks.value),
    act: (desk) => {
      const { calling, together } = desk;
      if (canHoldChat(desk)) void together.hold(together.onHoldSince.value === null);
      else void calling.hold(!calling.isHeld.value);
    },
  },
  G: {
    can: (desk) => canJoin(desk) || desk.together.hasJoined.value,
    act: ({ together }) => void together.join(!together.hasJoined.value),
  },
  M: { can: canTakeOver, act: (desk) => void desk.deeds.takeOver().then(() => focus("reply")) },
  L: { can: canListen, act: ({ calling }) => void calling.listenIn() },
  V: { can: ({ calling }) => calling.listens.value, act: ({ calling }) => void calling.whisper() },
  X: { can: ({ isMine }) => isMine.value, act: asks("transfer") },
  B: { can: ({ isMine }) => isMine.value, act: asks("return") },
  E: { can: ({ isMine }) => isMine.value, act: asks("close") },
  "?": { act: asks("help") },
};

/** What can be done now, in order. */
export function possible(desk: Desk): [Key, Command][] {
  const all = Object.entries(COMMANDS) as [Key, Command][];
  return all.filter(([, { can }]) => can === undefined || can(desk));
}

/** Whether somebody is offered to the agent. */
function isRung({ onDuty }: Desk): boolean {
  return onDuty.rings.value !== null;
}

/** Whether a colleague has the open conversation, and the agent's role lets them take it over. */
export function canTakeOver(desk: Desk): boolean {
  const isWithSomebody = desk.opened.story.value?.conversation.handler === "agent";
  return isWithSomebody && !desk.isMine.value && desk.entry.may("take_over");
}

/** Whether a colleague speaks with the open conversation's caller, and the agent may listen in. */
export function canListen(desk: Desk): boolean {
  const { isSpokenTo, myLeg } = desk.calling;
  return canTakeOver(desk) && isSpokenTo.value && !myLeg.value;
}

/** Whether the open conversation waits for somebody to take it. */
export function canTake(desk: Desk): boolean {
  return desk.opened.story.value?.conversation.handler === "queue";
}

/** Whether the customer can be asked to wait a moment in the chat. */
export function canHoldChat({ isMine, opened }: Desk): boolean {
  return isMine.value && opened.story.value?.conversation.channel === "chat";
}

/** Whether a colleague has the open conversation, whom the agent could help. */
export function canJoin({ isMine, opened, together }: Desk): boolean {
  const isWithAgent = opened.story.value?.conversation.handler === "agent";
  return isWithAgent && !isMine.value && !together.hasJoined.value;
}

/** Whether the agent can have themself put through to the open conversation's caller. */
export function canSpeak(desk: Desk): boolean {
  const isByPhone = desk.opened.story.value?.conversation.channel === "phone";
  return isByPhone && (canTake(desk) || desk.isMine.value) && !desk.calling.myLeg.value;
}

/** The agent's telephone on the page, if it is in this state. */
export function telephoneThat(desk: Desk, state: TelephoneState): Telephone | undefined {
  const { value: telephone } = desk.entry.telephone;
  return telephone?.line.value === state ? telephone : undefined;
}

function hasSuggestions(desk: Desk): boolean {
  return currentOffer(desk) !== undefined;
}

function canSuggest(desk: Desk): boolean {
  return desk.isMine.value && hasSuggestions(desk);
}

function toForm(): void {
  reveal({ kind: "form", ref: "" });
  document.querySelector<HTMLElement>("#form :is(select, input)")?.focus();
}

function promise(): void {
  reveal({ kind: "promise", ref: "" });
  document.getElementById("promise-text")?.focus();
}

function asks(name: DialogName): () => void {
  return () => (dialog.value = name);
}

function focus(box: "reply" | "note"): void {
  document.getElementById(`box-${box}`)?.focus();
}
