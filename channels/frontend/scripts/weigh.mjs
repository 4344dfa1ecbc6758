// The widget is a guest on other people's pages: it fails the build when it grows too heavy.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const MOST = 30 * 1024;
const weight = gzipSync(readFileSync("dist/widget.js"), { level: 9 }).length;
const figures = `${(weight / 1024).toFixed(1)} KB of ${MOST / 1024} KB gzipped`;
if (weight > MOST) {
  console.error(`The widget is too heavy: ${figures}.`);
  process.exit(1);
}
console.log(`The widget weighs ${figures}.`);
