import { signal } from "@preact/signals";
import { type Clock, wallClock } from "../shared/connection";
import type { BesideFrame } from "./protocol";

const STAYS_MS = 40_000;
const WRITES_MS = 4_000;

/** A colleague at the open conversation. */
export interface Other {
  id: string;
  name: string;
  isWriting: boolean;
}

/** Which colleagues look at the open conversation or write in it, as far as was heard lately. */
export class Beside {
  readonly others = signal<readonly Other[]>([]);
  private readonly timers = new Map<string, () => void>();

  constructor(private readonly clock: Clock = wallClock) {}

  hear({ agent, name, does }: BesideFrame): void {
    if (does === "leaves") return this.forget(agent);
    const before = this.others.value.find(({ id }) => id === agent);
    this.put({ id: agent, name, isWriting: does === "writes" || before?.isWriting === true });
    this.after(`${agent} there`, STAYS_MS, () => this.forget(agent));
    if (does === "writes") {
      this.after(`${agent} writes`, WRITES_MS, () => this.put({ id: agent, name, isWriting: false }));
    }
  }

  /** Another conversation is open now. */
  clear(): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    this.others.value = [];
  }

  private put(other: Other): void {
    const rest = this.others.value.filter(({ id }) => id !== other.id);
    this.others.value = [...rest, other].sort((a, b) => a.name.localeCompare(b.name));
  }

  private forget(agent: string): void {
    this.timers.get(`${agent} writes`)?.();
    this.others.value = this.others.value.filter(({ id }) => id !== agent);
  }

  private after(name: string, milliseconds: number, then: () => void): void {
    this.timers.get(name)?.();
    this.timers.set(name, this.clock.after(milliseconds, then));
  }
}
