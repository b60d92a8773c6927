"use client"

import { useCallback, useEffect, useRef, useState } from "react"
import { pageStorage } from "@/components/chat/page-storage"
import { preferModel, preferredModel } from "@/components/chat/preferred-model"
import type { SessionOptions } from "@/components/chat/session-state"
import { useCarried } from "@/components/chat/use-carried"
import { type Conversation, useConversation } from "@/components/chat/use-conversation"
import { changedHere, useLeaveNothing, useOtherTabs, useRestore, useSeen } from "@/components/chat/use-page-life"
import { type Sent, useSent } from "@/components/chat/use-sent"
import { useSettings } from "@/components/chat/use-settings"
import { createDraftStore, type DraftStore } from "@/components/composer/draft"
import { withoutDefaults } from "@/components/presets/parameters"
import { presetModel } from "@/components/presets/preset-model"
import { usePresetProblems } from "@/components/presets/preset-problems"
import { useConversationStore } from "@/components/sidebar/store"
import { toast } from "@/components/ui/toast"
import type { ModelsResponse } from "@/lib/ai/model.types"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatSettings } from "@/lib/chat/types"
import type { Preset } from "@/lib/presets/types"

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
        changedHere(id)
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

  const { session } = conversation
  const isEmpty = useCallback(() => session.snapshot().messages.length === 0, [session])
  useCarried({ temporary: view ? null : temporary, isEmpty, draft, settings: store, comparing, compare })
  useEffect(() => {
    if (view) list.meet(view.conversation)
  }, [list, view])
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
