import { defineConfig } from "vite";

/** The widget: one classic script that any page can embed. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    lib: {
      entry: "src/widget/main.tsx",
      name: "Rapport",
      formats: ["iife"],
      fileName: () => "widget.js",
    },
  },
});
