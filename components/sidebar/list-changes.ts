/** Shared by all changes of the list. */
import type { useTranslations } from "next-intl"
import { sentenceOf } from "@/components/base/api"
import type { ConversationStore } from "@/components/conversations/conversation-store"
import type { OutlineStore } from "@/components/conversations/outline-store"
import { toast } from "@/components/ui/toast"

export interface ListContext {
  t: ReturnType<typeof useTranslations<"sidebar">>
  store: ConversationStore
  outline: OutlineStore
  /** Navigates to another page. */
  go: (path: string) => void
}

const SHOWN_OF_NAME = 48

/** A title or name for a notice, truncated so that it does not fill it. */
export function shortName(name: string): string {
  const letters = [...name]
  return letters.length > SHOWN_OF_NAME ? `${letters.slice(0, SHOWN_OF_NAME).join("").trimEnd()}…` : name
}

const UNDO_MS = 10_000

export const sayWhy = ({ t }: ListContext, error: unknown): void => void toast.error(sentenceOf(error, t("failed")))

export const offerUndo = ({ t }: ListContext, text: string, undo: () => Promise<unknown>): void =>
  void toast(text, { action: { label: t("undo"), onClick: () => void undo() }, duration: UNDO_MS })
