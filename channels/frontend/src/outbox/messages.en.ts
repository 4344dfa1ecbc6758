/** The outbox page's texts in English. */
export const en = {
  title: "Outbox",
  shop: "Shop",
  intro:
    "What a real shop would send by e-mail or text message. It stays here, so that you can read the one-time codes.",
  empty: "Nothing has been sent yet. Ask the assistant where your order is, and a code appears here.",
  unreachable: "The server cannot be reached. Trying again …",
  email: "E-mail",
  phone: "Text message",
  copy: (code: string) => `Copy the code ${code}`,
  copied: "Copied",
};
