import { signal } from "@preact/signals";
import { Refusal } from "../shared/ask";

/** Why something could not be done: in the server's words, or for lack of a server. */
export type Trouble = { text: string } | "unreachable";

/** What follows from some refusals, besides that they are shown. */
export interface Consequences {
  loginNeeded: () => void;
  /** What is on the screen is no longer so. */
  late: () => void;
}

/** Tries what a server may refuse, and keeps why it did. */
export class Attempts {
  readonly trouble = signal<Trouble | null>(null);

  constructor(private readonly consequences: Consequences) {}

  /** Do something; return whether it was done. */
  async doing(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (refusal) {
      this.refused(refusal);
      return false;
    }
  }

  private refused(refusal: unknown): void {
    if (!(refusal instanceof Refusal)) {
      this.trouble.value = "unreachable";
      return;
    }
    this.trouble.value = { text: refusal.message };
    if (refusal.rule === "login_needed") this.consequences.loginNeeded();
    else if (refusal.status === 409) this.consequences.late();
  }
}
