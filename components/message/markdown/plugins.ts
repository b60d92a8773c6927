"use client"

import { useEffect, useState } from "react"
import type { PluginConfig } from "streamdown"

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
export async function loadPlugins(text: string): Promise<PluginConfig> {
  await Promise.all(
    missing(text, loaded).map(async ({ load }) => {
      const plugin = await load()
      loaded = { ...loaded, ...plugin }
    }),
  )
  return loaded
}

/** The plugins that the text needs, as far as they have loaded. */
export function usePlugins(text: string): PluginConfig {
  const [plugins, setPlugins] = useState(loaded)
  const waits = missing(text, plugins).length > 0
  useEffect(() => {
    let left = false
    if (waits)
      void loadPlugins(text).then((all) => {
        if (!left) setPlugins(all)
      })
    return () => {
      left = true
    }
  }, [text, waits])
  return plugins
}
