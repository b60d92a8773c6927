/** Reads the parts of a message. Pure. */
import type { FileUIPart } from "ai"
import type { ImageInfo } from "@/lib/images/types"
import { factsMetadata, type ImageFacts } from "@/lib/messages/image-facts"
import type { ChatMessage, MessageDocument, MessageMetadata, TextFile } from "@/lib/messages/types"
import { withEffectiveText } from "@/lib/output/answer/edits"

export type Part = ChatMessage["parts"][number]

/** The message's text, without reasoning and tools. */
export const textOf = ({ parts }: Pick<ChatMessage, "parts">): string =>
  parts.flatMap((part) => (part.type === "text" && part.text ? [part.text] : [])).join("\n\n")

export const imagesOf = ({ parts }: ChatMessage): FileUIPart[] =>
  parts.flatMap((part) => (part.type === "file" && part.mediaType.startsWith("image/") ? [part] : []))

export const filesOf = ({ parts }: ChatMessage): TextFile[] =>
  parts.flatMap((part) => (part.type === "data-text-file" ? [part.data] : []))

/** An image stored on the server as a message part. */
export function toImagePart({ url, mediaType, name, ...facts }: ImageInfo & ImageFacts): FileUIPart {
  const { width, height, thumbhash, alt, detail, derivedFrom } = facts
  const known = factsMetadata({ width, height, thumbhash, alt, detail, derivedFrom })
  return { type: "file", url, mediaType, filename: name, ...known }
}

export const documentsOf = ({ parts }: ChatMessage): MessageDocument[] =>
  parts.flatMap((part) => (part.type === "data-document" ? [part.data] : []))

export const attachedOf = ({ parts }: ChatMessage): Part[] =>
  parts.filter(({ type }) => type === "file" || type === "data-text-file" || type === "data-document")

/** The edited text of a message and its attachments. */
export interface Edited {
  text: string
  attached: Part[]
}

/** What copying a message yields: its text, and its text files under their names. */
export const textToCopy = (message: ChatMessage): string =>
  [textOf(withEffectiveText(message)), ...filesOf(message).map(({ name, text }) => `${name}:\n\n${text}`)]
    .filter(Boolean)
    .join("\n\n")

/** Whether there is anything to read; until then a caret stands in for the answer. */
export const hasBegun = ({ parts }: ChatMessage): boolean =>
  parts.some((part) => ("text" in part && part.text !== "") || "toolCallId" in part || part.type === "file")

export const isStreaming = (metadata: MessageMetadata | undefined): boolean => metadata?.status === "streaming"

/** `1,234`, `12.3 s`, `850 ms`, `$0.0012` in English: receipt figures, as short as accuracy allows. */
export const formatCount = (count: number, locale: string): string => count.toLocaleString(locale)
export const formatDuration = (ms: number, locale: string): string =>
  ms < 1_000
    ? `${formatFixed(Math.round(ms), 0, locale)} ms`
    : `${formatFixed(ms / 1_000, ms < 10_000 ? 1 : 0, locale)} s`
export const formatFixed = (value: number, digits: number, locale: string): string =>
  value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** The smallest amount written out; anything less is shown as `under` it. */
const MIN_USD = 0.0001

export function formatUsd(usd: number, locale: string, under: (amount: string) => string): string {
  const digits = usd === 0 ? 0 : usd < 0.01 ? 4 : usd < 1 ? 3 : 2
  const amount = Math.max(usd, usd === 0 ? 0 : MIN_USD).toLocaleString(locale, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return usd > 0 && usd < MIN_USD ? under(amount) : amount
}

/** The last segment of a model's path: `accounts/fireworks/models/kimi-k3` is `kimi-k3`. */
export const shortModel = (id: string): string => id.split("/").at(-1) ?? id
