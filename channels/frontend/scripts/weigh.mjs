// The widget is a guest on other people's pages, and agents work at theirs all day: the build fails
// when either grows too heavy.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const KB = 1024;
const ASSETS = "dist/assets";

/** All scripts and styles that a page can come to load, shared ones once. */
function filesOf(pages) {
  const found = new Set();
  for (const page of pages) follow(readFileSync(`dist/${page}/index.html`, "utf8"), found);
  return [...found].map((name) => `${ASSETS}/${name}`);
}

function follow(text, found) {
  for (const name of readdirSync(ASSETS)) {
    if (found.has(name) || !/\.(js|css)$/.test(name) || !text.includes(name)) continue;
    found.add(name);
    if (name.endsWith(".js")) follow(readFileSync(`${ASSETS}/${name}`, "utf8"), found);
  }
}

function weigh(what, files, most) {
  const weight = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  const figures = `${(weight / KB).toFixed(1)} KB of ${most} KB gzipped`;
  if (weight > most * KB) {
    console.error(`${what} is too heavy: ${figures}.`);
    process.exit(1);
  }
  console.log(`${what}: ${figures}.`);
}

weigh("The widget", ["dist/widget.js"], 30);
// Twilio's telephone is fetched only where a shop has set it up.
const pages = filesOf(["desk", "board"]).filter((file) => !/twilioTelephone/.test(file));
weigh("Desk and board", pages, 90);
