/** Ask once whether lines may be shown beside the browser; a no is a no. */
export async function askForNotices(): Promise<void> {
  if ("Notification" in window && Notification.permission === "default") {
    await Notification.requestPermission();
  }
}

/** Show a line beside the browser, if that was allowed; the newest of a sort replaces the others. */
export function notice(title: string, body: string, tag: string, onClick: () => void): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const shown = new Notification(title, { body, tag });
  shown.onclick = () => {
    window.focus();
    shown.close();
    onClick();
  };
}
