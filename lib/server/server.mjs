/**
 * The server, as `npm start` and the tests begin it: `node lib/server/server.mjs PORT HOST`. One process serves, or, with
 * `WORKERS`, this one starts others that do.
 */
// First: what is written while the others are loaded goes to the log too.
import "./lost-output.mjs"
import "./console.mjs"
import cluster from "node:cluster"
import { workersIn } from "./workers-setting.mjs"

const workers = workersIn(process.env.WORKERS)
if (cluster.isPrimary && workers > 1) (await import("./workers.mjs")).supervise(workers)
else await import("./serve.mjs")
