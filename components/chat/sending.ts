import type { RefObject } from "react"
import type { Example } from "@/components/chat/greeting"
import type { ChatPage } from "@/components/chat/use-chat-page"
import { preloadMessages } from "@/components/message/preload"
import type { Follow } from "@/components/scroll/use-follow"

export interface SendActions {
  /** Preloads what is needed to stream an answer. */
  warm: () => void
  /** Sends the composer's content. */
  send: () => void
  summarize: () => void
  /**
   * Sends an example instead of the composer's content, which stays; an example that needs an image asks for it first.
   */
  tryExample: (example: Example) => void
}

interface Options {
  page: ChatPage
  follow: Follow
  files: RefObject<HTMLInputElement | null>
}

/** Loaded on demand to keep the empty page small. Undefined when loading fails. */
const firstTemplate = () =>
  import("@/lib/output/templates").then(
    ({ SCHEMA_TEMPLATES: [first] }) => first,
    () => undefined,
  )

/** The ways a page requests an answer. Each scrolls the view to the end. */
export function createSendActions({ page, follow, files }: Options): SendActions {
  const { conversation, draft, sent } = page
  const { session } = conversation
  const warm = () => {
    session.warm()
    preloadMessages()
  }
  const send = () => {
    warm()
    sent.remember(draft.get().text)
    session.send()
    follow.toEnd()
  }
  return {
    warm,
    send,
    summarize: () => {
      warm()
      session.summarize()
      follow.toEnd()
    },
    tryExample: async ({ text, needs }) => {
      const template = needs === "schema" ? await firstTemplate() : null
      const { text: own } = draft.get()
      draft.update(() => ({ text: needs && own ? own : text }))
      if (needs === "image") return files.current?.click()
      // If the template can't be loaded, the text stays in the field to be sent manually.
      if (template === undefined) return
      if (template)
        draft.update(() => ({
          text,
          output: { type: "json_schema", name: template.name, schema: template.schema },
        }))
      send()
      draft.update(() => ({ text: own }))
    },
  }
}
