import { signal } from "@preact/signals";
import { type Call, Device } from "@twilio/voice-sdk";
import type { Line, Telephone } from "./telephone";

/** Twilio's telephone in the browser: https://www.twilio.com/docs/voice/sdks/javascript. */
export class TwilioTelephone implements Telephone {
  readonly line = signal<Line>("quiet");
  readonly heard = signal<readonly string[]>([]);
  readonly isSilent = false;
  private call: Call | null = null;

  constructor(token: string, renew: () => Promise<string>) {
    const device = new Device(token);
    device.on("incoming", (call: Call) => this.ring(call));
    device.on("tokenWillExpire", () => void renew().then((next) => device.updateToken(next)));
    // A page that cannot be rung is still a desk; the number in the profile rings instead.
    device.register().catch(() => device.destroy());
  }

  pickUp(): void {
    this.call?.accept();
    if (this.call) this.line.value = "talks";
  }

  decline(): void {
    this.call?.reject();
    this.over();
  }

  press(digit: string): void {
    this.call?.sendDigits(digit);
  }

  say(): void {}

  hangUp(): void {
    this.call?.disconnect();
  }

  private ring(call: Call): void {
    if (this.call) return call.reject();
    this.call = call;
    this.line.value = "rings";
    for (const end of ["cancel", "disconnect", "reject", "error"]) call.on(end, () => this.over());
  }

  private over(): void {
    this.call = null;
    this.line.value = "quiet";
  }
}
