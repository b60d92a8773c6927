/** The names of what is kept in Redis: all in one place, so that no two subjects take the same. */
export interface Keys {
  topic(name: string): string
  log(id: string): string
  /** That a log was taken from its writer. */
  fence(id: string): string
  /** Wakes the blocking reader of a process. */
  wake(process: string): string
  throttle(kind: string, name: string): string
  setupLinks: string
  /** Who does something to an upload. */
  turn(id: string): string
  /** In which data folder an upload lies. */
  uploadFolder(id: string): string
  /** Which `AUTH_SECRET` the processes have, and which data folders (lib/server/peers.ts). */
  secretInUse: string
  dataFolders: string
  /** Written to see whether the server still takes writes. */
  alive: string
}

/** `database`: its number, which keys know by themselves, and channels don't. */
export const keysOf = (prefix: string, database = 0): Keys => ({
  topic: (name) => `${prefix}topic${database > 0 ? `@${database}` : ""}:${name}`,
  log: (id) => `${prefix}log:${id}`,
  fence: (id) => `${prefix}fence:${id}`,
  wake: (process) => `${prefix}wake:${process}`,
  throttle: (kind, name) => `${prefix}throttle:${kind}:${name}`,
  setupLinks: `${prefix}setup-links`,
  turn: (id) => `${prefix}turn:${id}`,
  uploadFolder: (id) => `${prefix}upload-folder:${id}`,
  secretInUse: `${prefix}secret-in-use`,
  dataFolders: `${prefix}data-folders`,
  alive: `${prefix}alive`,
})
