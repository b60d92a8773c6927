/**
 * What starts the server's process, for `npm start` and the tests. Many answers at once make much that is soon
 * forgotten: with V8's 16 MB for it, a fifth of the processor time goes into sorting out what stays.
 */
export const SERVER_ARGS = ["--max-semi-space-size=32", "lib/cli/server.mjs"]
