/** All Redis key names in one place, so that no two features use the same one. */
export interface Keys {
  topic(name: string): string
  log(id: string): string
  /** Marks a log as taken from its writer. */
  fence(id: string): string
  /** Wakes the blocking reader of a process. */
  wake(process: string): string
  throttle(kind: string, name: string): string
  setupLinks: string
  /** The process that currently writes to an upload. */
  turn(id: string): string
  /** The data folder that contains an upload. */
  uploadFolder(id: string): string
  /** The processes' `AUTH_SECRET` and data folders (lib/server/peers.ts). */
  secretInUse: string
  dataFolders: string
  /** Written to check whether the server still accepts writes. */
  alive: string
}

/** `database`: the database number; keys are separate per database, channels aren't. */
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
