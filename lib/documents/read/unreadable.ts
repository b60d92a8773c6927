/** Why a document can't be read. Selects the message for the user, which names the file. */
export type UnreadableReason =
  | "broken"
  | "bomb"
  | "unpacked"
  | "empty"
  | "locked"
  | "wrong_password"
  | "pages"
  | "old_office"
  | "encrypted"
  | "unknown"

export class Unreadable extends Error {
  override name = "Unreadable"

  constructor(
    readonly reason: UnreadableReason,
    cause?: unknown,
  ) {
    super(reason, { cause })
  }
}
