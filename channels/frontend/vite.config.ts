import { defineConfig } from "vite";

/** The pages: shop, desk, board, outbox and phone, each with hashed assets beside it. */
export default defineConfig({
  root: "src",
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2022",
    // A polyfill would be an inline script, and an inlined picture a data address.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        shop: "src/shop/index.html",
        desk: "src/desk/index.html",
        board: "src/board/index.html",
        outbox: "src/outbox/index.html",
        phone: "src/phone/index.html",
      },
    },
  },
  test: { root: ".", include: ["tests/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
