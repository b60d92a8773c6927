/**
 * Arguments of the server process, for `npm start` and the tests. V8's new space has a multiplied effect on memory;
 * garbage is collected when the process is idle (lib/generation/idle-cleanup.ts).
 */
export const SERVER_ARGS = ["--max-semi-space-size=8", "--expose-gc", "lib/server/server.mjs"]

/** glibc keeps freed memory, in an arena per thread, unless told to return it. Other C libraries ignore this. */
export const SERVER_ENV = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_TRIM_THRESHOLD_: "131072",
  MALLOC_MMAP_THRESHOLD_: "131072",
}
