import { signal } from "@preact/signals";
import { Refusal } from "../shared/ask";
import type { DeskApi } from "./api";
import type { Login } from "./protocol";

/** What an agent does with their own account; a refusal is told where it was asked for. */
export class Account {
  readonly logins = signal<readonly Login[]>([]);

  constructor(private readonly api: DeskApi) {}

  async look(): Promise<void> {
    this.logins.value = await this.api.logins().catch(() => []);
  }

  async end(login: string | "others"): Promise<void> {
    await this.api.endLogins(login).catch(() => undefined);
    await this.look();
  }

  /** Return what an authenticator is told; null where that cannot be had. */
  beginSecondFactor(): Promise<string | null> {
    return this.api.beginSecondFactor().catch(() => null);
  }

  /** Return null, or why a code did not count; an empty reason is a server out of reach. */
  async showCode(step: "confirm" | "end", code: string): Promise<string | null> {
    try {
      await this.api.showCode(step, code);
      return null;
    } catch (refusal) {
      return refusal instanceof Refusal ? refusal.message : "";
    }
  }

  /** Return null, or why the password stays as it is; an empty reason is a server out of reach. */
  async changePassword(old: string, next: string): Promise<string | null> {
    try {
      await this.api.changePassword(old, next);
    } catch (refusal) {
      return refusal instanceof Refusal ? refusal.message : "";
    }
    await this.look();
    return null;
  }
}
