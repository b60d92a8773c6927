import type { RefObject } from "react"
import type { Example } from "@/components/chat/greeting"
import type { ChatPage } from "@/components/chat/use-chat-page"
import { preloadMessages } from "@/components/message/preload"
import type { Follow } from "@/components/scroll/use-follow"

export interface SendActions {
  /** Fetches what an answer needs, before it is asked for. */
  warm: () => void
  /** Sends what is written. */
  send: () => void
  summarize: () => void
  /** Sends an example in place of what is written, which stays; one that needs an image asks for that first. */
  tryExample: (example: Example) => void
}

interface Options {
  page: ChatPage
  follow: Follow
  /** The file chooser. */
  files: RefObject<HTMLInputElement | null>
}

/** Fetched when it is needed: the empty page is light. Undefined when it can't be. */
const firstTemplate = () =>
  import("@/lib/output/templates").then(
    ({ SCHEMA_TEMPLATES: [first] }) => first,
    () => undefined,
  )

/** The ways in which a page asks for an answer. The view goes to its end with them. */
export function sendingOf({ page, follow, files }: Options): SendActions {
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
      // What could not be fetched leaves the text in the field, to be sent by hand.
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
