import { expect, test } from "vitest";
import { de } from "../src/desk/messages.de";
import { en } from "../src/desk/messages.en";
import { toolsDe } from "../src/desk/messages.tools.de";
import { toolsEn } from "../src/desk/messages.tools.en";

test.each([
  ["de", toolsDe, de],
  ["en", toolsEn, en],
])("no text of the tools is hidden by another of the same name: %s", (_, tools, all) => {
  const hidden = Object.keys(tools).filter(
    (name) => tools[name as keyof typeof toolsEn] !== all[name as keyof typeof toolsEn],
  );

  expect(hidden).toEqual([]);
});
