import { computed, signal } from "@preact/signals";
import type { DeskApi } from "./api";
import type { Entry } from "./entry";
import type { Opened } from "./opened";
import type { Changed } from "./protocol";

/** Colleagues who speak beside whoever has the open conversation, and whether its customer waits. */
export class Together {
  readonly joined = computed(() => this.state()?.joined ?? []);
  readonly onHoldSince = computed(() => this.state()?.on_hold_since ?? null);
  /** Whether this agent is one of those who have joined. */
  readonly hasJoined = computed(() =>
    this.joined.value.some(({ id }) => id === this.entry.agent.value?.id),
  );
  private readonly told = signal<Changed | null>(null);

  constructor(
    private readonly api: DeskApi,
    private readonly opened: Opened,
    private readonly entry: Entry,
  ) {}

  hear(frame: Changed): void {
    this.told.value = frame;
  }

  /** Speak as well, or leave the customer to the colleague again. */
  join(joins: boolean): Promise<boolean> {
    return this.opened.doing(({ id }) => (joins ? this.api.join(id) : this.api.part(id)));
  }

  /** Have the customer in the chat told that it takes a moment, or that it goes on. */
  hold(held: boolean): Promise<boolean> {
    return this.opened.doing(({ id }) => this.api.wait(id, held));
  }

  private state(): Changed | null {
    const { value: told } = this.told;
    return told?.conversation === this.opened.selected.value ? told : null;
  }
}
