import { computed } from "@preact/signals";
import type { DeskApi } from "./api";
import type { Entry } from "./entry";
import type { Opened } from "./opened";
import type { Leg } from "./protocol";

/** Speaking oneself with the open conversation's caller. */
export class Calling {
  /** The agent's own telephone for it, while it rings or talks. */
  readonly myLeg = computed<Leg | undefined>(() => {
    const me = this.entry.agent.value?.id;
    return this.legs().find(({ agent_id }) => agent_id !== null && agent_id === me);
  });
  /** Whether the agent speaks with the caller, whom they have. */
  readonly speaks = computed(() => this.myLeg.value?.state === "joined" && !this.isListener());
  /** Whether the agent listens in on a colleague. */
  readonly listens = computed(() => this.myLeg.value?.state === "joined" && this.isListener());
  readonly whispers = computed(() => this.myLeg.value?.whispers ?? false);
  /** Whether a colleague speaks with the caller. */
  readonly isSpokenTo = computed(() =>
    this.legs().some(({ part, state }) => part === "agent" && state === "joined"),
  );
  readonly isHeld = computed(() => this.legs().some(({ part, held }) => part === "caller" && held));

  constructor(
    private readonly api: DeskApi,
    private readonly opened: Opened,
    private readonly entry: Entry,
  ) {}

  /** Have the agent's own telephone rung. */
  speak(): Promise<boolean> {
    return this.opened.doing(({ id }) => this.api.speak(id));
  }

  /** Put the caller on hold, or come back to them. */
  hold(held: boolean): Promise<boolean> {
    return this.opened.doing(({ id }) => this.api.hold(id, held));
  }

  /** Ask a colleague while the caller is on hold. */
  consult(colleague: string): Promise<boolean> {
    return this.opened.doing(({ id }) => this.api.consult(id, colleague));
  }

  /** Have the agent's telephone rung, to hear a colleague without being heard. */
  listenIn(): Promise<boolean> {
    return this.opened.doing(({ id }) => this.api.listenIn(id));
  }

  /** Be heard by the colleague alone, or by nobody again. */
  whisper(): Promise<boolean> {
    return this.opened.doing(({ id }) => this.api.whisper(id, !this.whispers.value));
  }

  private isListener(): boolean {
    return this.myLeg.value?.part === "listener";
  }

  private legs(): readonly Leg[] {
    return this.opened.story.value?.legs ?? [];
  }
}
