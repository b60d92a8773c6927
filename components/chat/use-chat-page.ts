"use client"

import { type RefObject, useCallback, useEffect, useState } from "react"
import { keepTemporary } from "@/components/base/conversation-api"
import { browserStorage, type PageStorage, pageStorage } from "@/components/base/storage"
import type { SettingsStore } from "@/components/chat/settings-store"
import { useConversationStart } from "@/components/chat/use-beginning"
import { useDraftHandoff } from "@/components/chat/use-carried"
import { type Conversation, useConversation } from "@/components/chat/use-conversation"
import { useCrossTabSync, useMarkSeen, useRestore, useTemporaryCleanup } from "@/components/chat/use-page-life"
import { type Sent, useSent } from "@/components/chat/use-sent"
import { useSettings } from "@/components/chat/use-settings"
import { joined, promptFromQuery, removePromptFromQuery } from "@/components/composer/asked-text"
import { useConversationStore } from "@/components/conversations/store"
import { DraftStore } from "@/components/draft/draft"
import { useAskedModels } from "@/components/models/use-asked-models"
import { subscribeToDefaults } from "@/components/presets/default-preset"
import { withoutDefaults } from "@/components/presets/parameters"
import { presetModel } from "@/components/presets/preset-model"
import { usePresetProblems } from "@/components/presets/preset-problems"
import type { SessionOptions } from "@/components/session/options"
import { toast } from "@/components/ui/toast"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatSettings, Comparing } from "@/lib/messages/types"
import type { ModelsResponse } from "@/lib/models/model.types"
import type { Preset } from "@/lib/presets/types"

export interface ChatPage {
  conversation: Conversation
  draft: DraftStore
  model: string
  chooseModel: (id: string) => void
  settings: ChatSettings
  changeSettings: (settings: ChatSettings) => void
  /** Sets the model, settings and structured output. */
  applyPreset: (preset: Preset) => void
  /** The models that the next message is sent to in parallel; empty when not comparing. */
  compared: Comparing
  compare: (next: Comparing) => void
  /** The conversation is being reloaded; what is shown may be incomplete. */
  restoring: boolean
  sent: Sent
  /** Keeps a temporary conversation and its draft. Rejects when the server refuses. */
  keep: () => Promise<void>
}

interface Options {
  id: string
  view: ConversationView | null
  models: ModelsResponse
  temporary: boolean
  /** The preset for a new conversation. */
  preset: Preset | null
  /** The folder for a new conversation. */
  folderId: string | null
  /** The initial tools of a conversation in this folder; the preset's when omitted. */
  folderTools: string[] | undefined
}

const initialOf = (preset: Preset | null, tools: string[] | undefined) =>
  tools ? { ...preset?.settings, tools } : preset?.settings

/** Connects a conversation with its surroundings: URL, conversation list, draft, selected model. */
export function useChatPage({ id, view, models, temporary, preset, folderId, folderTools }: Options): ChatPage {
  const list = useConversationStore()
  const [draft] = useState(() => new DraftStore(view ? id : "new", preset?.output))
  const storage = useStorage(temporary)
  const { store, settings, change } = useSettings({ id, view, initial: initialOf(preset, folderTools), storage })
  const asked = useAskedModels(view, models, preset, store)
  const { model, chooseModel, compared, compare } = asked
  const { accepted, begun } = useConversationStart({ id, temporary, draft, settings: store })

  const conversation = useConversation(
    (): SessionOptions => ({
      id,
      view,
      draft,
      storage,
      turn: () => ({
        model: asked.chosen.current,
        settings: withoutDefaults(store.send()),
        output: draft.get().output ?? undefined,
        temporary: temporary || undefined,
        folderId: folderId ?? undefined,
      }),
      onAccepted: accepted,
      onTitle: (title) => list.upsert({ id, title }),
      onView: (read) => store.hear(read.settings),
      onEnded: () => list.patch(id, { running: false }),
      comparing: asked.comparing,
      compareAgain: (again) => again.models.length > 0 && compare(again),
      onKept: asked.setModel,
    }),
  )

  useKeptDraft(draft, storage, !view)
  const { session } = conversation
  useDraftHandoff({ id, temporary: view ? null : temporary, session, draft, settings: store })
  useEffect(() => {
    if (view) list.meet(view.conversation)
  }, [list, view])
  useCrossTabSync(id, conversation, store)
  useTemporaryCleanup(temporary ? id : null, begun)
  useMarkSeen(id, view?.conversation.unseen ?? false)

  const restoring = useRestore(id, view, conversation, draft)
  const applyPreset = useApplyPreset({ models, chooseModel, settings: store, draft })
  useNewDefaults({ models, chooseModel, settings: store })
  return {
    conversation,
    draft,
    model,
    chooseModel,
    compared,
    compare,
    settings,
    changeSettings: change,
    applyPreset,
    restoring,
    sent: useSent(id, storage, session),
    keep: () => keepHere(id, draft, begun),
  }
}

/** Keeps a temporary conversation: leaving the page no longer deletes it, and its draft is persisted. */
async function keepHere(id: string, draft: DraftStore, begun: RefObject<boolean>): Promise<void> {
  await keepTemporary(id)
  begun.current = false
  const heir = new DraftStore(id)
  heir.load(browserStorage)
  draft.handOver(heir)
}

/** Where the page stores its data: in page memory for a temporary conversation. */
function useStorage(temporary: boolean): () => PageStorage {
  const [storage] = useState(() => {
    const ofPage = pageStorage()
    return () => (temporary ? ofPage : browserStorage)
  })
  return storage
}

/** Loads the draft when the page opens, appends the text from the URL, and saves the draft when the page is left. */
function useKeptDraft(draft: DraftStore, storage: () => PageStorage, fresh: boolean): void {
  useEffect(() => {
    draft.load(storage())
    const { pathname, search, hash } = window.location
    const asked = fresh && pathname === "/" ? promptFromQuery(search) : ""
    if (asked) {
      draft.update(({ text }) => ({ text: joined(text, asked) }))
      window.history.replaceState(null, "", `${pathname}${removePromptFromQuery(search)}${hash}`)
    }
    const flush = () => draft.flush()
    window.addEventListener("pagehide", flush)
    return () => {
      window.removeEventListener("pagehide", flush)
      flush()
    }
  }, [draft, storage, fresh])
}

/** Applies changes to the defaults for new chats to this one too, as long as it has not begun. */
function useNewDefaults({ models, chooseModel, settings }: Omit<PresetTargets, "draft">): void {
  useEffect(
    () =>
      subscribeToDefaults(({ model: wanted, settings: { systemPrompt } }) => {
        if (window.location.pathname !== "/") return
        const model = presetModel(wanted, models.models).id
        if (model) chooseModel(model)
        settings.change(withoutDefaults({ ...settings.get(), systemPrompt }))
      }),
    [models, chooseModel, settings],
  )
}

interface PresetTargets {
  models: ModelsResponse
  chooseModel: (id: string) => void
  settings: SettingsStore
  draft: DraftStore
}

/** Applies a preset and reports what in it is no longer available. All arguments must be stable. */
function useApplyPreset({ models, chooseModel, settings, draft }: PresetTargets) {
  const problemsOf = usePresetProblems(models.models)
  return useCallback(
    (preset: Preset) => {
      const { id } = presetModel(preset.model, models.models)
      if (id) chooseModel(id)
      const { compare } = settings.get()
      settings.change({ ...preset.settings, compare })
      draft.update(() => ({ output: preset.output }))
      for (const problem of problemsOf(preset)) toast.warning(problem)
    },
    [models, chooseModel, settings, draft, problemsOf],
  )
}
