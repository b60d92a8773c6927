/** Begins `process.fixture.ts`, read as the tests are: Node alone knows neither its types nor its imports. */
import path from "node:path"
import { createServer } from "vite"

const root = path.resolve(import.meta.dirname, "../..")
const vite = await createServer({
  root,
  configFile: false,
  appType: "custom",
  logLevel: "error",
  resolve: { alias: { "@": root } },
  // A link to a folder of ours, so it does not look like a package.
  ssr: { external: ["better-sqlite3"] },
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, ws: false, watch: null },
})
await vite.ssrLoadModule("/lib/generation/process.fixture.ts")
