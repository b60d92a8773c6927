/** A chat as its owner may share it, before anything is public. */
import { createHash, createHmac, hkdfSync } from "node:crypto"
import { setImmediate as nextTurn } from "node:timers/promises"
import { conversationNotFound } from "@/lib/chat/conversations"
import { readSettings } from "@/lib/chat/settings"
import { viewConversation } from "@/lib/chat/view"
import { config } from "@/lib/config"
import { findConversation } from "@/lib/db/conversations"
import { messagesByIds } from "@/lib/db/messages"
import { findAuthor } from "@/lib/db/share-people"
import { AppError } from "@/lib/http/errors"
import type { ChatMessage, ChatSettings } from "@/lib/messages/types"
import type { FoundSecret } from "@/lib/share/options"
import { findSecrets } from "@/lib/share/secrets"
import { type ShareDraft, textsOf } from "@/lib/share/snapshot"

export interface Draft extends ShareDraft {
  model: string | null
  digest: string
  guest: boolean
}

/**
 * The visible branch as it is now, with all compared answers; or the branch up to `messageId`. Excludes an answer that
 * is still being generated. Throws `conversation:not_found`, also for a temporary chat, and `message:not_found`.
 */
export async function draftOf(userId: string, conversationId: string, messageId?: string): Promise<Draft> {
  const [view, conversation, author] = await Promise.all([
    viewConversation(userId, conversationId, {}, messageId),
    findConversation(conversationId, userId),
    findAuthor(userId),
  ])
  if (!view || !conversation || conversation.temporary) throw conversationNotFound()
  if (messageId !== undefined && view.messages.length === 0) throw new AppError("message:not_found")
  const shown = view.compared.length > 0 ? [...view.messages.slice(0, -1), ...view.compared] : view.messages
  const messages = shown.filter(({ metadata }) => metadata?.status !== "streaming")
  const ids = messages.map(({ id }) => id)
  // Settings for the next question apply only at the end of the branch.
  const asked = await settingsOf(conversationId, ids)
  const { systemPrompt = null, compare: _, ...settings } = asked ?? (messageId === undefined ? view.settings : {})
  const title = view.conversation.title
  const secrets = await secretsIn(conversationId, [title, systemPrompt ?? ""], messages)
  const authorName = author?.name ?? null
  const draft = { title, messages, systemPrompt, settings, secrets, authorName }
  // In a blind comparison, the model must not be revealed.
  return {
    ...draft,
    model: messages.some(({ metadata }) => metadata?.blind) ? null : conversation.model,
    guest: author?.guest ?? true,
    digest: digestOf(draft),
  }
}

/** Number of messages at the end of a branch among which to look for the settings of a question. */
const LAST = 6

async function settingsOf(conversationId: string, ids: string[]): Promise<ChatSettings | undefined> {
  const rows = await messagesByIds(conversationId, ids.slice(-LAST))
  const last = rows.findLast(({ settings }) => settings !== null)
  return last && readSettings(last.settings)
}

/** Characters to scan before yielding to other work. */
const AT_ONCE = 200_000

/** The likely secrets, deduplicated. */
async function secretsIn(conversationId: string, texts: string[], messages: ChatMessage[]): Promise<FoundSecret[]> {
  const found = new Map<string, FoundSecret>()
  const key = new Uint8Array(hkdfSync("sha256", config().authSecret, "", "sparkler share secrets 1", 32))
  let looked = 0
  const look = async (text: string) => {
    looked += text.length
    for (const { kind, text: secret } of findSecrets(text))
      if (!found.has(secret)) {
        const name = createHmac("sha256", key).update(`${conversationId}\n${secret}`).digest("base64url").slice(0, 22)
        found.set(secret, { id: name, kind, text: secret })
      }
    if (looked < AT_ONCE) return
    looked = 0
    await nextTurn()
  }
  for (const text of texts) await look(text)
  for (const message of messages) for (const text of textsOf(message)) await look(text)
  return [...found.values()]
}

/** Without the title: the author chooses it when sharing. */
const digestOf = ({ messages, systemPrompt, authorName }: ShareDraft): string =>
  createHash("sha256")
    .update(JSON.stringify([messages, systemPrompt, authorName]))
    .digest("base64url")
