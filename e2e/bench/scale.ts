/**
 * Several processes under faults: three of the production build behind nginx, with their own PostgreSQL and Redis and
 * 200 streams of 30 tokens/s, while one is killed, one is restarted, Redis stops for five seconds, and PostgreSQL is
 * restarted. `npm run bench:scale`, or with another number of streams `npm run bench:scale -- 50`.
 */
import { setTimeout as wait } from "node:timers/promises"
import { latenciesBefore, printOutcome, RATE, row, say, startLoad, startSeveral } from "./several-load"
import { machine, processorSeconds, residentMegabytes } from "./stats"

const STREAMS = Number(process.argv[2] ?? 200)
/** Milliseconds of load before the first fault, and after the last one. */
const CALM_MS = 8_000

const several = await startSeveral()
const { apps, start, redis, postgres } = several
say(`${STREAMS} streams of ${RATE} tokens/s over three processes …`)
const end = await startLoad(several, STREAMS)

await wait(CALM_MS)
const calmUntil = performance.now()
const memory = apps.map(({ pid }) => Math.round(residentMegabytes(pid)))
const used = apps.reduce((sum, { pid }) => sum + processorSeconds(pid), 0)
say("killing and restarting one process …")
await apps[0]?.kill9()
const back = start(0)
say("stopping Redis for five seconds …")
await redis.stop()
await wait(5_000)
await redis.begin()
await back
say("restarting one process gracefully …")
const restarted = apps[1]?.stop().then(() => start(1))
await wait(2_000)
say("restarting PostgreSQL …")
postgres.stop()
postgres.begin()
await restarted
await wait(CALM_MS)
const outcome = await end()

const { first95, gap95 } = latenciesBefore(outcome.turns, calmUntil)
say("\n| metric | measured |\n| --- | --- |")
row("machine", machine())
row("before the faults: first response p95", `${Math.round(first95)} ms`)
row("before the faults: gap between tokens p95", `${gap95.toFixed(1)} ms`)
row("before the faults: CPU time of all three, startup included", `${used.toFixed(1)} s`)
row("before the faults: memory per process", memory.map((mb) => `${mb} MB`).join(", "))
const right = printOutcome(outcome)
await several.close()
process.exit(right ? 0 : 1)
