"use client"

import { useCallback, useEffect, useState } from "react"
import type { PluginConfig } from "streamdown"
import { useLookNotice } from "@/components/ui/lazy-part"

/** What is fetched when a text first needs it, once for the whole page. */
const LOADERS: { name: keyof PluginConfig; needed: (text: string) => boolean; load: () => Promise<PluginConfig> }[] = [
  {
    name: "math",
    needed: (text) => text.includes("$$"),
    load: async () => ({ math: (await import("@/components/message/markdown/math-plugin")).math }),
  },
  {
    // Emphasis beside the brackets and full stops of these scripts, which CommonMark does not see.
    name: "cjk",
    needed: (text) => /[*~]/.test(text) && /[\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]/.test(text),
    load: async () => ({ cjk: (await import("@/components/message/markdown/cjk-plugin")).cjk }),
  },
]

let loaded: PluginConfig = {}

const missing = (text: string, plugins: PluginConfig) =>
  LOADERS.filter(({ name, needed }) => !plugins[name] && needed(text))

/** Fetches what a text needs; resolves with all that has been fetched. */
export const loadPlugins = (text: string): Promise<PluginConfig> => loadAll(missing(text, loaded))

async function loadAll(loaders: typeof LOADERS): Promise<PluginConfig> {
  await Promise.all(
    loaders.map(async ({ load }) => {
      const plugin = await load()
      loaded = { ...loaded, ...plugin }
    }),
  )
  return loaded
}

/** The plugins that the text needs, as far as they have loaded. Without one the text reads as it was written. */
export function usePlugins(text: string): PluginConfig {
  const [plugins, setPlugins] = useState(loaded)
  /** How often they could not be fetched. */
  const [failures, setFailures] = useState(0)
  const wanted = missing(text, plugins)
    .map(({ name }) => name)
    .join()
  const load = useCallback(async () => {
    const all = await loadAll(LOADERS.filter(({ name }) => wanted.includes(name))).catch(() => null)
    if (all) setPlugins(all)
    setFailures((before) => (all ? 0 : before + 1))
  }, [wanted])
  const failed = failures > 0 && wanted !== ""
  useLookNotice(failed ? { retry: load, again: failures > 1 } : null)
  useEffect(() => {
    if (wanted) void load()
  }, [load, wanted])
  useEffect(() => {
    if (!failed) return
    window.addEventListener("online", load)
    return () => window.removeEventListener("online", load)
  }, [load, failed])
  return plugins
}
