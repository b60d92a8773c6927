/** Exports the recording of an answer as a file to share, with secrets redacted. */

import type { SessionUser } from "@/lib/auth/sessions"
import { toChatMessage } from "@/lib/chat/messages"
import { config } from "@/lib/config"
import { type MessageRow, messageById } from "@/lib/db/messages"
import { ownAccount } from "@/lib/db/people/accounts"
import { ownKeyOf } from "@/lib/db/people/own-keys"
import { recordingsOf } from "@/lib/db/recordings/recordings"
import { mcpServersOf } from "@/lib/db/tools/mcp-servers"
import { findOwnAnswer } from "@/lib/generation/continue"
import { waitUntilRecorded } from "@/lib/generation/runtime"
import { AppError } from "@/lib/http/errors"
import { openSecrets } from "@/lib/mcp/secrets"
import type { ChatMessage } from "@/lib/messages/types"
import { appVersion } from "@/lib/observe/version"
import { openKey } from "@/lib/own-key/payer"
import { FORMAT, type RecordedPicture, type RecordingHead, type RecordingLine, VERSION } from "@/lib/recording/format"
import { keptLines } from "@/lib/recording/recorder"
import { turnOf } from "@/lib/recording/save/events"
import { namesOf, pictureLines } from "@/lib/recording/save/pictures"
import { redactLines } from "@/lib/recording/save/redact"
import { Redactor } from "@/lib/recording/save/redactor"

/** Maximum size in bytes of a stored turn; one run has at most 16 million characters. */
const MAX_BYTES = 50_000_000

/**
 * The lines of the file, with line breaks. `pictures`: includes the bytes of pictures that are unchanged since they
 * were sent. Throws `conversation:not_found`, also for someone else's, and `message:no_recording` if there is none.
 */
export async function recordingOf(
  user: SessionUser,
  conversationId: string,
  messageId: string,
  { pictures: withBytes = false } = {},
): Promise<string[]> {
  const row = await findOwnAnswer(user, conversationId, messageId)
  const kept = await keptOf(row)
  const { lines, pictures } = turnOf(kept)
  await knowSecrets(user.id)
  const redactor = new Redactor(await emailsOf(user.id))
  const question = await questionOf(row)
  const named = namesOf(pictures, question)
  const images = withBytes ? await pictureLines(user, row, pictures) : []
  const clean = await redactLines([...lines, ...images, endOf(toChatMessage(row), lines)], redactor)
  const head = redactor.value(await headOf(row, { lines, question, pictures: named }))
  const removed = { ...redactor.removed }
  return [{ ...(head as RecordingHead), removed }, ...clean].map((line) => `${JSON.stringify(line)}\n`)
}

async function keptOf(row: MessageRow) {
  // It would reveal the model.
  if (row.blind) throw new AppError("message:no_recording/blind")
  await waitUntilRecorded(row.id)
  const hours = config().limits.recordingsMs / 3_600_000
  const data = row.role === "assistant" ? await recordingsOf(row.id) : []
  if (data.length > 0) return keptLines(data, MAX_BYTES)
  throw hours > 0
    ? new AppError("message:no_recording", { values: { count: hours } })
    : new AppError("message:no_recording/off")
}

/** Loads this user's keys and tokens that this process hasn't seen yet: redaction has to know them. */
async function knowSecrets(userId: string): Promise<void> {
  const [own, servers] = await Promise.all([ownKeyOf(userId), mcpServersOf(userId)])
  if (own) openKey(own.sealed)
  for (const { sealed } of servers) openSecrets(sealed)
}

/** The account's address, and those reported by its issuers. */
async function emailsOf(userId: string): Promise<string[]> {
  const account = await ownAccount(userId)
  return [account?.email, ...(account?.accounts ?? []).map(({ email }) => email)].flatMap((email) => email ?? [])
}

async function questionOf({ parentId }: MessageRow): Promise<ChatMessage | null> {
  const row = parentId === null ? null : await messageById(parentId)
  return row && toChatMessage(row)
}

interface Facts {
  lines: readonly RecordingLine[]
  question: ChatMessage | null
  pictures: RecordedPicture[]
}

async function headOf(row: MessageRow, { lines, question, pictures }: Facts): Promise<Omit<RecordingHead, "removed">> {
  const request = lines.find((line) => line.type === "request")
  const parts = question?.parts ?? []
  return {
    format: FORMAT,
    version: VERSION,
    savedAt: new Date().toISOString(),
    sparkler: await appVersion(),
    node: process.version,
    model: row.model ?? "",
    server: request?.type === "request" ? request.url.replace(/\/chat\/completions$/, "") : "",
    question: {
      text: parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n"),
      files: parts.flatMap(fileNameOf),
    },
    pictures,
  }
}

function fileNameOf(part: ChatMessage["parts"][number]): string[] {
  if (part.type === "file") return [part.filename ?? part.mediaType]
  return part.type === "data-document" || part.type === "data-text-file" ? [part.data.name] : []
}

function endOf({ metadata }: ChatMessage, lines: readonly RecordingLine[]): RecordingLine {
  const last = lines.findLast((line) => "at" in line)
  return {
    ...{ type: "finish", at: last && "at" in last ? last.at : 0, status: metadata?.status ?? "complete" },
    ...(metadata?.finishReason !== undefined && { finishReason: metadata.finishReason }),
    ...(metadata?.usage && { usage: metadata.usage }),
  }
}
