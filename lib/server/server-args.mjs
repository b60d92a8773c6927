/**
 * What starts the server's process, for `npm start` and the tests. V8's new space counts several times in its memory; the
 * collector is called when it is quiet (lib/generation/tidying.ts).
 */
export const SERVER_ARGS = ["--max-semi-space-size=8", "--expose-gc", "lib/server/server.mjs"]

/** glibc keeps what was freed, in an arena for each thread, unless it is told to give it back. Others ignore it. */
export const SERVER_ENV = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_TRIM_THRESHOLD_: "131072",
  MALLOC_MMAP_THRESHOLD_: "131072",
}
