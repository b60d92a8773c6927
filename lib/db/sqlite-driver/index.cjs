/**
 * The SQLite driver that this Node can run, under the one name by which Prisma's adapter asks for it. Release 12 ends
 * the process with an assertion on Node 24.19 and later (nodejs/node#65446); release 13 needs Node 22.
 */
const [major] = process.versions.node.split(".").map(Number)
module.exports = major < 22 ? require("better-sqlite3-node20") : require("better-sqlite3-node22")
