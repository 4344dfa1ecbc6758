/** What an agent works with, in English. */
export const toolsEn = {
  code: "What it was about",
  chooseCode: "Please choose",
  noCode: "No code",
  summary: "Summary for colleagues",
  summaryParts: { reason: "Reason", asked: "Said", answered: "Last answer" },
  canned: "Canned replies",
  cannedHint: "/ finds canned replies, Enter sends, Shift and Enter begin a new line",
  gaps: { customer: "name", agent: "my name", order: "order number" } as Record<string, string>,
  gapLeft: "Fill in what stands between ‹ and ›.",
};
