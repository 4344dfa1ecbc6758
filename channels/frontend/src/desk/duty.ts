import { signal } from "@preact/signals";
import type { DeskApi } from "./api";
import type { Attempts } from "./attempts";
import type { Opened } from "./opened";
import type { DeskIn, Duty, Ringing, Status } from "./protocol";

const AT_FIRST: Duty = { status: "available", standing: "gone", wrap_up_until: null };

/** Whether the agent takes customers now, and who is offered to them. */
export class OnDuty {
  readonly duty = signal<Duty>(AT_FIRST);
  /** What rings; null while nothing does. */
  readonly rings = signal<Ringing | null>(null);

  /** Whose desks ring, by conversation. */
  readonly ringsAt = signal<Record<string, string>>({});

  constructor(
    private readonly api: DeskApi,
    private readonly attempts: Attempts,
    private readonly opened: Opened,
  ) {}

  hear({ status, standing, wrap_up_until, offer, rings }: Extract<DeskIn, { type: "duty" }>): void {
    this.duty.value = { status, standing, wrap_up_until };
    this.rings.value = offer;
    this.ringsAt.value = rings;
  }

  /** Whether the agent is to be told of nothing new. */
  get wantsPeace(): boolean {
    return this.duty.value.status === "do_not_disturb";
  }

  /** Take whom is offered, and show them. */
  async accept(): Promise<void> {
    await this.answer(async (offer) => {
      const { conversation } = await this.api.accept(offer);
      await this.opened.open(conversation);
    });
  }

  async decline(): Promise<void> {
    await this.answer((offer) => this.api.decline(offer));
  }

  async choose(status: Status): Promise<void> {
    await this.attempts.doing(() => this.api.duty(status));
  }

  private async answer(act: (offer: string) => Promise<unknown>): Promise<void> {
    const { value: offer } = this.rings;
    if (!offer) return;
    this.rings.value = null;
    await this.attempts.doing(() => act(offer.id));
  }
}
