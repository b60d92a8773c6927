"use client"

import { useRouter } from "next/navigation"
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react"
import { toast } from "sonner"
import { api } from "@/components/api"
import { pageStorage } from "@/components/chat/page-storage"
import { preferModel, preferredModel } from "@/components/chat/preferred-model"
import type { SessionOptions } from "@/components/chat/session-state"
import type { SettingsStore } from "@/components/chat/settings-store"
import { type Conversation, useConversation } from "@/components/chat/use-conversation"
import { type Sent, useSent } from "@/components/chat/use-sent"
import { useSettings } from "@/components/chat/use-settings"
import { createDraftStore, type DraftStore } from "@/components/composer/draft"
import { forgetSent } from "@/components/composer/sent-texts"
import { withoutDefaults } from "@/components/presets/parameters"
import { presetModel } from "@/components/presets/preset-model"
import { usePresetProblems } from "@/components/presets/preset-problems"
import { useConversationEvents, useConversationStore, useListed } from "@/components/sidebar/store"
import type { ChatSettings, ConversationEvent, ConversationView, ModelsResponse } from "@/lib/chat/types"
import type { Preset } from "@/lib/presets/types"

/** Conversations that changed in this tab: a page that the router kept of them is out of date. */
const changedHere = new Set<string>()

export interface ChatPage {
  conversation: Conversation
  draft: DraftStore
  model: string
  chooseModel: (id: string) => void
  settings: ChatSettings
  changeSettings: (settings: ChatSettings) => void
  /** Sets model, settings and structured output. */
  applyPreset: (preset: Preset) => void
  /** The models that the next message is asked of at once; none when they are not compared. */
  compared: string[]
  compare: (models: string[]) => void
  /** The conversation is being read again; what is shown is not all. */
  restoring: boolean
  sent: Sent
}

interface Options {
  id: string
  view: ConversationView | null
  models: ModelsResponse
  temporary: boolean
  /** What a new conversation begins with. */
  preset: Preset | null
  /** The folder that it begins in. */
  folderId: string | null
}

/** Connects a conversation with what lies around it: address, list of conversations, draft, chosen model. */
export function useChatPage({ id, view, models, temporary, preset, folderId }: Options): ChatPage {
  const list = useConversationStore()
  const [draft] = useState(() => createDraftStore(view ? id : "new", preset?.output))
  const { model, chosen, chooseModel } = useModel(view, models, preset)
  const { compared, comparing, compare } = useCompared()
  const mounted = useRef(false)
  const begun = useRef(false)
  const [storage] = useState(() => {
    const ofPage = pageStorage()
    return () => (temporary ? ofPage : window.localStorage)
  })
  const { store, settings } = useSettings({ id, view, initial: preset?.settings, storage })

  const conversation = useConversation(
    (): SessionOptions => ({
      id,
      view,
      draft,
      storage,
      turn: () => ({
        model: chosen.current,
        settings: withoutDefaults(store.send()),
        output: draft.get().output ?? undefined,
        temporary: temporary || undefined,
        folderId: folderId ?? undefined,
      }),
      onAccepted: () => {
        begun.current = true
        store.accepted()
        if (temporary) return draft.accepted()
        changedHere.add(id)
        draft.accepted()
        draft.moveTo(id)
        // Not a navigation: the page stays as it is, a reload finds the conversation.
        if (mounted.current && window.location.pathname === "/") window.history.replaceState(null, "", `/c/${id}`)
        if (list.find(id)) list.upsert({ id, running: true, updatedAt: new Date().toISOString() })
        else void list.latest()
      },
      onTitle: (title) => list.upsert({ id, title }),
      onView: (read) => store.hear(read.settings),
      onEnded: () => list.patch(id, { running: false }),
      takeCompared: () => {
        const models = comparing.current
        compare([])
        return models
      },
      putCompared: (models) => models.length > 0 && compare(models),
      onKept: chooseModel,
    }),
  )

  useEffect(() => {
    mounted.current = true
    draft.load(storage())
    const flush = () => draft.flush()
    window.addEventListener("pagehide", flush)
    return () => {
      mounted.current = false
      window.removeEventListener("pagehide", flush)
      flush()
    }
  }, [draft, storage])

  useOtherTabs(id, conversation, store)
  useLeaveNothing(temporary ? id : null, begun)
  useSeen(id, view?.conversation.unseen ?? false)

  const restoring = useRestore(id, view, conversation, draft)
  const choose = useCallback(
    (next: string) => {
      chooseModel(next)
      compare([])
    },
    [chooseModel, compare],
  )
  const problemsOf = usePresetProblems(models.models)
  const applyPreset = useCallback(
    (next: Preset) => {
      const { id: wanted } = presetModel(next.model, models.models)
      if (wanted) choose(wanted)
      store.change(next.settings)
      draft.update(() => ({ output: next.output }))
      for (const problem of problemsOf(next)) toast.warning(problem)
    },
    [choose, store, draft, models, problemsOf],
  )
  return {
    conversation,
    draft,
    model,
    chooseModel: choose,
    compared,
    compare,
    settings,
    changeSettings: store.change,
    applyPreset,
    restoring,
    sent: useSent(id, storage, conversation.session),
  }
}

/** The models that the next message is asked of at once; none when they are not compared. */
function useCompared() {
  const [compared, setCompared] = useState<string[]>([])
  const comparing = useRef(compared)
  const compare = useCallback((models: string[]) => {
    comparing.current = models
    setCompared(models)
  }, [])
  return { compared, comparing, compare }
}

/** Ends and removes a temporary conversation (null: it is none) when its page is left. */
function useLeaveNothing(id: string | null, begun: RefObject<boolean>): void {
  useEffect(() => {
    if (!id) return
    const remove = () =>
      void fetch(`/api/conversations/${id}`, { method: "DELETE", keepalive: true }).catch(() => undefined)
    const leave = () => begun.current && remove()
    // A page that the browser keeps for Back would come back without its conversation.
    const comeBack = ({ persisted }: PageTransitionEvent) => persisted && window.location.reload()
    window.addEventListener("pagehide", leave)
    window.addEventListener("pageshow", comeBack)
    return () => {
      window.removeEventListener("pagehide", leave)
      window.removeEventListener("pageshow", comeBack)
      leave()
    }
  }, [id, begun])
}

/** Shows what happens to this conversation in other tabs. */
function useOtherTabs(id: string, { session }: Conversation, store: SettingsStore): void {
  const router = useRouter()
  const hearing = useMemo(
    () => ({
      onEvent: ({ id: about, conversation, answer, settings, kept }: ConversationEvent) => {
        if (!conversation) forgetSent(window.localStorage, about)
        if (about !== id) return
        if (settings) store.hear(settings)
        if (kept) session.heardKept()
        if (answer) session.heard(answer)
        if (!conversation && window.location.pathname === `/c/${id}`) router.push("/")
      },
      onMissed: session.catchUp,
    }),
    [id, session, router, store],
  )
  useConversationEvents(hearing)
}

/** Tells the server that what ended here was seen, as soon as somebody looks. */
function useSeen(id: string, atFirst: boolean): void {
  const list = useConversationStore()
  const listed = useListed(id)
  // It may stand where the list has not been read.
  const unseen = listed ? listed.unseen : atFirst
  useEffect(() => {
    if (!unseen) return
    const tell = () => {
      if (document.visibilityState !== "visible") return
      const seen = () => api(`/api/conversations/${id}`, { method: "PATCH", body: { unseen: false } })
      // What fails is told again when the list says again that it was not seen.
      list.attempt([id], { unseen: false }, seen).catch(() => undefined)
    }
    tell()
    document.addEventListener("visibilitychange", tell)
    return () => document.removeEventListener("visibilitychange", tell)
  }, [id, unseen, list])
}

/** The conversation's own model, else the preset's, else the one chosen last, else the default. */
function useModel(view: ConversationView | null, models: ModelsResponse, preset: Preset | null) {
  const own = view ? view.conversation.model : presetModel(preset?.model ?? null, models.models).id
  const [model, setModel] = useState(own ?? models.default)
  const chosen = useRef(model)
  const set = useCallback((next: string) => {
    chosen.current = next
    setModel(next)
  }, [])
  useEffect(() => {
    const preferred = own ? null : preferredModel()
    if (preferred && models.models.some(({ id, retired }) => id === preferred && !retired)) set(preferred)
  }, [own, models, set])
  const chooseModel = useCallback(
    (next: string) => {
      set(next)
      preferModel(next)
    },
    [set],
  )
  return { model, chosen, chooseModel }
}

/** Reads the conversation anew when the router brings back a page from before it changed (Back, Forward). */
function useRestore(id: string, view: ConversationView | null, conversation: Conversation, draft: DraftStore): boolean {
  const [restoring, setRestoring] = useState(false)
  const { session } = conversation
  useLayoutEffect(() => {
    const begunHere = !view && window.location.pathname === `/c/${id}`
    if (!begunHere && !(view && changedHere.has(id))) return
    if (begunHere) draft.moveTo(id)
    setRestoring(true)
    void session.reload().finally(() => setRestoring(false))
  }, [id, view, session, draft])
  return restoring
}
