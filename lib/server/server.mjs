/**
 * The server, as started by `npm start` and the tests: `node lib/server/server.mjs PORT HOST`. One process serves, or,
 * with `WORKERS`, this one starts others that do.
 */
// Must be first: output of the following imports has to reach the log too.
import "./lost-output.mjs"
import "./console.mjs"
import cluster from "node:cluster"
import { workersIn } from "./workers-setting.mjs"

const workers = workersIn(process.env.WORKERS)
if (cluster.isPrimary && workers > 1) (await import("./workers.mjs")).supervise(workers)
else await import("./serve.mjs")
