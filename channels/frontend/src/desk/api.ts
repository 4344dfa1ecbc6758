import { ask } from "../shared/ask";
import type { Language } from "../shared/protocol";
import type { Agent, CannedReply, Colleague, Found, Login, Me, Offers, Status, Story, WaysIn, Wish, WrapUp } from "./protocol";

/** How a conversation ends for the agent. */
export interface Ending {
  outcome: string;
  note: string;
  /** What it was about; empty for none. */
  code: string;
}

/** Where the recording of a call is heard. */
export const recordingOf = (conversation: string) =>
  `/desk/api/conversations/${conversation}/recording`;

/** The desk's routes, each as a call. */
export class DeskApi {
  private csrf = "";

  constructor(private readonly language: () => Language) {}

  async me(): Promise<Me> {
    const me = await this.get<Me & { csrf: string }>("me");
    this.csrf = me.csrf;
    return me;
  }

  /** What lets the browser be rung by Twilio. */
  async telephoneToken(): Promise<string> {
    return (await this.post<{ token: string }>("telephone", {})).token;
  }

  waysIn(refused: string): Promise<WaysIn> {
    return this.get(`entrance?${new URLSearchParams({ refused })}`);
  }

  async logIn(login: string, password: string, code: string): Promise<void> {
    await this.post("login", { login, password, code });
  }

  profile(phone: string, language: Language | null): Promise<Agent> {
    return this.post("me", { phone, language });
  }

  async changePassword(old: string, next: string): Promise<void> {
    await this.post("me/password", { old, new: next });
  }

  /** What an authenticator is told. */
  async beginSecondFactor(): Promise<string> {
    return (await this.post<{ address: string }>("me/second-factor", {})).address;
  }

  async showCode(step: "confirm" | "end", code: string): Promise<void> {
    await this.post(`me/second-factor/${step}`, { code });
  }

  logins(): Promise<readonly Login[]> {
    return this.get("me/logins");
  }

  /** End one of the agent's logins, or all but this page's. */
  async endLogins(login: string | "others"): Promise<void> {
    await this.post(login === "others" ? "me/logins/end" : `me/logins/${login}/end`, {});
  }

  async logOut(): Promise<void> {
    await this.post("logout", {});
  }

  story(conversation: string): Promise<Story> {
    return this.get(`conversations/${conversation}`);
  }

  suggestions(conversation: string): Promise<Offers> {
    return this.post(`conversations/${conversation}/suggestions`, {});
  }

  offered(conversation: string, suggestion: string): Promise<unknown> {
    return this.post(`conversations/${conversation}/suggestions/${suggestion}/offered`, {});
  }

  /** The canned replies that fit what was typed. */
  canned(language: Language, typed: string): Promise<readonly CannedReply[]> {
    return this.get(`canned?${new URLSearchParams({ language, typed })}`);
  }

  /** By POST, for what is searched for has no place in an address. */
  search(wish: Wish): Promise<readonly Found[]> {
    return this.post("search", wish);
  }

  claim(conversation: string): Promise<{ epoch: number }> {
    return this.post(`conversations/${conversation}/claim`, {});
  }

  accept(offer: string): Promise<{ conversation: string; epoch: number }> {
    return this.post(`offers/${offer}/accept`, {});
  }

  decline(offer: string): Promise<unknown> {
    return this.post(`offers/${offer}/decline`, {});
  }

  duty(status: Status): Promise<unknown> {
    return this.post("duty", { status });
  }

  speak(conversation: string): Promise<unknown> {
    return this.post(`conversations/${conversation}/speak`, {});
  }

  takeOver(conversation: string): Promise<unknown> {
    return this.post(`conversations/${conversation}/take-over`, {});
  }

  /** Have one's telephone rung, to hear a colleague and a caller. */
  listenIn(conversation: string): Promise<unknown> {
    return this.post(`conversations/${conversation}/listen`, {});
  }

  whisper(conversation: string, whispers: boolean): Promise<unknown> {
    return this.post(`conversations/${conversation}/whisper`, { whispers });
  }

  colleagues(): Promise<readonly Colleague[]> {
    return this.get("colleagues");
  }

  hold(conversation: string, held: boolean): Promise<unknown> {
    return this.post(`conversations/${conversation}/hold`, { held });
  }

  departments(): Promise<readonly string[]> {
    return this.get("departments");
  }

  /** Let a customer wait for a department, or for anybody. */
  toQueue(
    conversation: string,
    epoch: number,
    department: string | null,
    note: string,
  ): Promise<unknown> {
    return this.post(`conversations/${conversation}/queue`, { epoch, department, note });
  }

  /** Speak beside the colleague who has the customer. */
  join(conversation: string): Promise<unknown> {
    return this.post(`conversations/${conversation}/join`, {});
  }

  part(conversation: string): Promise<unknown> {
    return this.post(`conversations/${conversation}/part`, {});
  }

  /** Have a customer in the chat told that it takes a moment, or that it goes on. */
  wait(conversation: string, held: boolean): Promise<unknown> {
    return this.post(`conversations/${conversation}/wait`, { held });
  }

  consult(conversation: string, agent: string): Promise<unknown> {
    return this.post(`conversations/${conversation}/consult`, { agent });
  }

  transfer(conversation: string, epoch: number, agent: string, note: string): Promise<unknown> {
    return this.post(`conversations/${conversation}/transfer`, { epoch, agent, note });
  }

  reply(conversation: string, epoch: number, id: string, text: string): Promise<{ seq: number }> {
    return this.post(`conversations/${conversation}/reply`, { epoch, id, text });
  }

  note(conversation: string, id: string, text: string): Promise<{ seq: number }> {
    return this.post(`conversations/${conversation}/note`, { id, text });
  }

  /** The codes by which it is said what a conversation was about. */
  wrapUp(): Promise<WrapUp> {
    return this.get("wrap-up");
  }

  giveBack(conversation: string, epoch: number, ending: Ending): Promise<unknown> {
    return this.post(`conversations/${conversation}/return`, { epoch, ...ending });
  }

  close(conversation: string, epoch: number, ending: Ending): Promise<unknown> {
    return this.post(`conversations/${conversation}/close`, { epoch, ...ending });
  }

  callback(id: string, step: "take" | "call" | "cancel"): Promise<unknown> {
    return this.post(`callbacks/${id}/${step}`, {});
  }

  get<T>(path: string): Promise<T> {
    return ask<T>(`/desk/api/${path}`, { headers: { "Accept-Language": this.language() } });
  }

  post<T>(path: string, body: object): Promise<T> {
    return ask<T>(`/desk/api/${path}`, {
      method: "POST",
      headers: {
        "Accept-Language": this.language(),
        "Content-Type": "application/json",
        "X-CSRF": this.csrf,
      },
      body: JSON.stringify(body),
    });
  }
}
