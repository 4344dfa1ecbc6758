import { signal } from "@preact/signals";
import { Refusal } from "../shared/ask";
import type { Language } from "../shared/protocol";
import type { DeskApi } from "./api";
import type { Attempts } from "./attempts";
import type { Agent, Me, Right, WaysIn } from "./protocol";
import { DemoTelephone, type Telephone } from "./telephone";

const CODE_NEEDED = "second_factor_needed";

/** Who is at the desk, and the telephone that stands on it. */
export class Entry {
  /** Null when nobody is logged in; undefined until that is known. */
  readonly agent = signal<Agent | null | undefined>(undefined);
  /** Whether whoever wants in has a second factor. */
  readonly needsCode = signal(false);
  /** By which ways one comes in here. */
  readonly ways = signal<WaysIn>({ passwords: true, provider: null, refused: null });
  /** The agent's telephone on the page, where there is one. */
  readonly telephone = signal<Telephone | null>(null);

  constructor(
    private readonly api: DeskApi,
    private readonly attempts: Attempts,
  ) {}

  /** Come in if the browser still has a login, and return whether it has. */
  async enter(): Promise<boolean> {
    try {
      const me = await this.api.me();
      this.agent.value = me.agent;
      void this.plugIn(me.telephone);
      this.attempts.trouble.value = null;
      return true;
    } catch (refusal) {
      this.agent.value = null;
      if (refusal instanceof Refusal) await this.askWays();
      else this.attempts.trouble.value = "unreachable";
      return false;
    }
  }

  /** Ask by which ways one comes in, and why somebody who comes from the provider did not. */
  private async askWays(): Promise<void> {
    const refused = new URLSearchParams(location.search).get("refused") ?? "";
    if (refused) history.replaceState(null, "", location.pathname);
    try {
      this.ways.value = await this.api.waysIn(refused);
    } catch {
      // Whoever cannot be asked lets nobody in either.
    }
  }

  /** Whether the agent's role includes something. */
  may(right: Right): boolean {
    return this.agent.value?.rights.includes(right) ?? false;
  }

  async logIn(login: string, password: string, code: string): Promise<boolean> {
    this.attempts.trouble.value = null;
    const isIn = await this.attempts.doing(async () => {
      try {
        await this.api.logIn(login, password, code);
      } catch (refusal) {
        if (refusal instanceof Refusal) this.needsCode.value ||= refusal.rule === CODE_NEEDED;
        throw refusal;
      }
    });
    if (isIn) this.needsCode.value = false;
    return isIn;
  }

  async logOut(): Promise<void> {
    await this.attempts.doing(() => this.api.logOut());
  }

  leave(): void {
    this.agent.value = null;
  }

  /** Note where the agent is rung; return whether that can be. */
  async changeProfile(phone: string, language: Language | null): Promise<boolean> {
    return this.attempts.doing(async () => {
      this.agent.value = await this.api.profile(phone, language);
      this.attempts.trouble.value = null;
    });
  }

  /** Have a telephone on the page; a desk without one is still a desk. */
  private async plugIn(kind: Me["telephone"]): Promise<void> {
    if (this.telephone.value || kind === "none") return;
    if (kind === "demo") {
      this.telephone.value = new DemoTelephone();
      return;
    }
    try {
      const [{ TwilioTelephone }, token] = await Promise.all([
        import("./twilioTelephone"),
        this.api.telephoneToken(),
      ]);
      this.telephone.value = new TwilioTelephone(token, () => this.api.telephoneToken());
    } catch {
      this.telephone.value = null;
    }
  }
}
