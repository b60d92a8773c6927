"use client"

import { useCallback, useEffect, useState } from "react"
import type { PluginConfig } from "streamdown"
import { useFallbackNotice } from "@/components/ui/lazy-part"

/** Plugins loaded when a text first needs them, once per page. */
const LOADERS: { name: keyof PluginConfig; needed: (text: string) => boolean; load: () => Promise<PluginConfig> }[] = [
  {
    name: "math",
    needed: (text) => text.includes("$$"),
    load: async () => ({ math: (await import("@/components/message/markdown/math-plugin")).math }),
  },
  {
    // Emphasis next to brackets and full stops of these scripts, which CommonMark does not recognize.
    name: "cjk",
    needed: (text) => /[*~]/.test(text) && /[\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]/.test(text),
    load: async () => ({ cjk: (await import("@/components/message/markdown/cjk-plugin")).cjk }),
  },
]

let loaded: PluginConfig = {}

const missing = (text: string, plugins: PluginConfig) =>
  LOADERS.filter(({ name, needed }) => !plugins[name] && needed(text))

/** Loads what a text needs; resolves with all plugins loaded so far. */
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

/** The plugins the text needs, as far as they have loaded. Without one, the text is shown as written. */
export function usePlugins(text: string): PluginConfig {
  const [plugins, setPlugins] = useState(loaded)
  /** Number of failed loads. */
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
  useFallbackNotice(failed ? { retry: load, again: failures > 1 } : null)
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
