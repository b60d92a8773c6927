/**
 * Runs a fixture in a separate process with the test setup, since Node alone supports neither types nor `@/`: `node
 * run.fixture.mjs FILE ARGUMENTS`.
 */
import path from "node:path"
import { createServer } from "vite"

const root = path.resolve(import.meta.dirname, "..")
const [file] = process.argv.splice(2, 1)
const vite = await createServer({
  root,
  configFile: false,
  appType: "custom",
  logLevel: "error",
  resolve: { alias: { "@": root } },
  // A link to our own folder, so it isn't recognized as a package.
  ssr: { external: ["better-sqlite3"] },
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, ws: false, watch: null },
})
await vite.ssrLoadModule(`/${path.relative(root, file)}`)
