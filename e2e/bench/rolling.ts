/**
 * A rolling upgrade under load: three processes of an earlier version behind nginx are replaced one by one by this
 * version, which migrates their database while they run. `npm run bench:rolling -- ../earlier` names the folder of the
 * earlier version, built there by `npm start` or `node lib/cli/prepare.mjs`; a second argument is the number of streams
 * (default: 100).
 */
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { findChromium } from "@/lib/cli/chromium.mjs"
import { opens } from "./open-page"
import { printOutcome, RATE, row, say, startLoad, startSeveral } from "./several-load"
import { machine } from "./stats"

const [earlier, streams = "100"] = process.argv.slice(2)
if (!earlier) throw new Error("usage: npm run bench:rolling -- FOLDER (an earlier version that is built)")
/** Milliseconds of load between two steps. */
const CALM_MS = 8_000

const root = path.resolve(earlier)
const several = await startSeveral(root)
say(`${streams} streams of ${RATE} tokens/s over three processes of the earlier version …`)
const end = await startLoad(several, Number(streams))
await wait(CALM_MS)
const pages = { opened: 0, broken: 0 }
const chromium = await findChromium()
for (const n of [0, 1, 2]) {
  say(`replacing process ${n + 1} with this version …`)
  await several.apps[n]?.stop()
  await several.start(n)
  // Its assets come from any process that nginx selects.
  for (const broken of await opens(several.nginx.url, chromium, 10)) {
    pages.opened++
    if (broken) pages.broken++
  }
  await wait(CALM_MS)
}
const outcome = await end()
say("\n| metric | measured |\n| --- | --- |")
row("machine", machine())
const right = printOutcome(outcome)
row("pages opened while both versions ran / with missing parts", `${pages.opened} / ${pages.broken}`)
await several.close()
process.exit(right && pages.broken === 0 ? 0 : 1)
