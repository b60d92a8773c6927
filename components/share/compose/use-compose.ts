"use client"

import { useDeferredValue, useEffect, useMemo, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { fetchPreview, type LinkChange, type NewLink } from "@/components/share/compose/share-links"
import { DEFAULT_OPTIONS, type FoundSecret, isRedacted, type ShareOptions } from "@/lib/share/options"
import { type Difference, differenceOf, type Snapshot, snapshotOf, textsOf } from "@/lib/share/snapshot"
import type { ShareInfo, SharePreview } from "@/lib/share/types"

/** Days until a link expires; `never`, or unchanged. */
export type Expiry = "never" | "keep" | "1" | "7" | "30" | "90"

export interface TermsDraft {
  title: string
  expiry: Expiry
  /** Undefined: unchanged; null: none. */
  passcode: string | null | undefined
  listed: boolean
  inside: boolean
  /** Email addresses of users of this installation. */
  people: string[]
}

export interface Compose {
  preview: SharePreview | null
  error: string | null
  options: ShareOptions
  setOptions: (change: Partial<ShareOptions>) => void
  terms: TermsDraft
  setTerms: (change: Partial<TermsDraft>) => void
  /** What would be stored, but including messages that are left out. */
  shown: Snapshot | null
  /** The likely secrets in it, by message; "" for those outside of messages. */
  secretsIn: ReadonlyMap<string, FoundSecret[]>
  /** For an existing link: the changes readers would see. */
  difference: Difference | null
  again: () => void
  newLink: () => NewLink
  change: (withMessages: boolean, message: string | null) => LinkChange
}

interface Asked {
  conversationId: string
  upTo: string | undefined
  /** The link being edited. */
  link: ShareInfo | null
}

/** The options for a link before it is created or changed, and its resulting content. */
export function useCompose({ conversationId, upTo, link }: Asked): Compose {
  const { preview, error, again } = usePreview(conversationId, upTo, link?.id)
  const [options, setOptions] = useState(link?.options ?? DEFAULT_OPTIONS)
  const [terms, setTerms] = useState<TermsDraft>(() => termsOf(link))
  const [titled, setTitled] = useState(link !== null)
  // The chat's own title, until the author types one.
  const title = titled ? terms.title : (preview?.title ?? "")
  const chosen = useDeferredValue(options)
  const shown = useMemo(
    () => preview && snapshotOf(preview, { ...chosen, leftOut: [] }, title || preview.title),
    [preview, chosen, title],
  )
  const secretsIn = useMemo(() => secretsOf(preview, chosen, title), [preview, chosen, title])
  const difference = useMemo(() => {
    const leftOut = new Set(chosen.leftOut)
    return preview?.shared && shown
      ? differenceOf(
          preview.shared,
          shown.messages.filter(({ id }) => !leftOut.has(id)),
        )
      : null
  }, [preview, shown, chosen])
  const sent = () => ({
    title: title.trim() || (preview?.title ?? ""),
    listed: terms.listed,
    ...expiryOf(terms.expiry),
  })
  return {
    ...{ preview, error, again, options, shown, secretsIn, difference },
    setOptions: (change) => setOptions((known) => ({ ...known, ...change })),
    terms: { ...terms, title },
    setTerms: (change) => {
      if (change.title !== undefined) setTitled(true)
      setTerms((known) => ({ ...known, ...change }))
    },
    newLink: () => ({
      ...sent(),
      ...(terms.passcode && !terms.inside && { passcode: terms.passcode }),
      ...(terms.inside && { inside: true, people: terms.people }),
      ...{ options, digest: preview?.digest ?? "" },
    }),
    change: (withMessages, message) => ({
      ...sent(),
      ...(terms.passcode !== undefined && { passcode: terms.passcode || null }),
      ...(withMessages && { snapshot: { options, digest: preview?.digest ?? "", message } }),
    }),
  }
}

const termsOf = (link: ShareInfo | null): TermsDraft => ({
  ...{ title: link?.title ?? "", passcode: undefined, people: [] },
  expiry: link?.expiresAt ? "keep" : "never",
  listed: link?.listed ?? false,
  inside: link?.inside ?? false,
})

const DAY_MS = 86_400_000

function expiryOf(expiry: Expiry): { expiresAt?: string | null } {
  if (expiry === "keep") return {}
  return { expiresAt: expiry === "never" ? null : new Date(Date.now() + Number(expiry) * DAY_MS).toISOString() }
}

function usePreview(conversationId: string, message: string | undefined, share: string | undefined) {
  const [tries, setTries] = useState(0)
  const asked = `${conversationId} ${message} ${share} ${tries}`
  const [found, setFound] = useState<{ asked: string; preview: SharePreview | null; error: string | null } | null>(null)
  useEffect(() => {
    const left = new AbortController()
    fetchPreview(conversationId, { message, share }, left.signal).then(
      (preview) => setFound({ asked, preview, error: null }),
      (cause: unknown) => left.signal.aborted || setFound({ asked, preview: null, error: sentenceOf(cause) }),
    )
    return () => left.abort()
  }, [conversationId, message, share, asked])
  const current = found?.asked === asked ? found : null
  return {
    preview: current?.preview ?? null,
    error: current?.error ?? null,
    again: () => setTries((count) => count + 1),
  }
}

/** The secrets that would be visible without redaction, by place. */
function secretsOf(preview: SharePreview | null, options: ShareOptions, title: string): Map<string, FoundSecret[]> {
  const found = new Map<string, FoundSecret[]>()
  if (!preview || preview.secrets.length === 0) return found
  const open = snapshotOf(
    preview,
    { ...options, leftOut: [], blackOut: { kinds: [], ids: [] } },
    title || preview.title,
  )
  const look = (place: string, text: string) => {
    const secrets = preview.secrets.filter((secret) => text.includes(secret.text))
    if (secrets.length > 0) found.set(place, secrets)
  }
  look("", [open.title, open.systemPrompt ?? ""].join("\n"))
  const leftOut = new Set(options.leftOut)
  for (const message of open.messages) if (!leftOut.has(message.id)) look(message.id, [...textsOf(message)].join("\n"))
  return found
}

/** Each visible secret, once. */
export const distinct = (secretsIn: ReadonlyMap<string, FoundSecret[]>): FoundSecret[] => [
  ...new Map([...secretsIn.values()].flat().map((secret) => [secret.id, secret])).values(),
]

/** Redacts these secrets, or shows them again. Showing one of a kind ends the redaction of the whole kind. */
export function withSecrets(
  blackOut: ShareOptions["blackOut"],
  { secrets, all, black }: { secrets: FoundSecret[]; all: FoundSecret[]; black: boolean },
): ShareOptions["blackOut"] {
  const touched = new Set(secrets.map(({ id }) => id))
  const opened = new Set(black ? [] : secrets.map(({ kind }) => kind))
  const kept = all.filter((secret) => isRedacted(secret, blackOut) && !touched.has(secret.id))
  const kinds = blackOut.kinds.filter((kind) => !opened.has(kind))
  const ids = [...kept, ...(black ? secrets : [])].filter(({ kind }) => !kinds.includes(kind)).map(({ id }) => id)
  // Secrets not currently visible keep their state.
  const unseen = blackOut.ids.filter((id) => !touched.has(id) && !all.some((secret) => secret.id === id))
  return { kinds, ids: [...new Set([...ids, ...unseen])] }
}
