"use client"

import { useTranslations } from "next-intl"
import { useEffect, useId, useMemo, useState } from "react"
import { defaultRehypePlugins, type PluginConfig, Streamdown, type StreamdownProps } from "streamdown"
import type { MarkdownProps } from "@/components/message/markdown"
import { copyFormulas } from "@/components/message/markdown/copy-formulas"
import { elements } from "@/components/message/markdown/elements"
import { withMath } from "@/components/message/markdown/math"
import { directBlocks, dropEmptyNotes, scopeIds } from "@/components/message/markdown/tidy"
import { settled, withCodeClosed } from "@/components/message/markdown/unfinished"
import { linkForeignImages } from "@/components/message/safe-urls"
import "../markdown.css"

type RehypePlugins = NonNullable<StreamdownProps["rehypePlugins"]>

const { raw, sanitize } = defaultRehypePlugins
/** Raw HTML is parsed, then sanitised, and last what is left may not load anything from elsewhere. */
const cleaned: RehypePlugins = [raw, sanitize, linkForeignImages, dropEmptyNotes, directBlocks].filter(
  (plugin) => plugin !== undefined,
)

/** What is uncertain at the end is held back by `settled`; a “<” is no tag before it looks like one. */
const REMEND = { htmlTags: false, linkMode: "text-only" } as const

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
    needed: (text) => /[*~][^\n]*[\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]/.test(text),
    load: async () => ({ cjk: (await import("@streamdown/cjk")).cjk }),
  },
]

let loaded: PluginConfig = {}

/** The plugins that the text needs, as far as they have loaded. */
function usePlugins(text: string): PluginConfig {
  const [plugins, setPlugins] = useState(loaded)
  const wanted = LOADERS.filter(({ name, needed }) => !plugins[name] && needed(text))
  const names = wanted.map(({ name }) => name).join(" ")
  useEffect(() => {
    let left = false
    const missing = LOADERS.filter(({ name }) => names.split(" ").includes(name))
    for (const { load } of missing)
      void load().then((plugin) => {
        loaded = { ...loaded, ...plugin }
        if (!left) setPlugins(loaded)
      })
    return () => {
      left = true
    }
  }, [names])
  return plugins
}

export default function MarkdownView({ text, streaming, brokeOff }: MarkdownProps) {
  const t = useTranslations("reading")
  const markdown = useMemo(
    () => withMath(streaming ? settled(text) : brokeOff ? withCodeClosed(text) : text),
    [text, streaming, brokeOff],
  )
  const plugins = usePlugins(markdown)
  const id = useId()
  const rehypePlugins = useMemo<RehypePlugins>(
    () => [...cleaned, [scopeIds, { prefix: `m${id.replace(/\W/g, "")}-` }]],
    [id],
  )
  const remarkRehypeOptions = useMemo(
    () => ({ clobberPrefix: "", footnoteLabel: t("footnotes"), footnoteBackLabel: t("footnoteBack") }),
    [t],
  )
  return (
    <div onCopy={copyFormulas} className="contents">
      <Streamdown
        mode="streaming"
        isAnimating={streaming}
        parseIncompleteMarkdown={streaming || brokeOff}
        remend={REMEND}
        components={elements}
        rehypePlugins={rehypePlugins}
        remarkRehypeOptions={remarkRehypeOptions}
        plugins={plugins}
        controls={false}
        linkSafety={LINK_SAFETY}
        className="markdown"
      >
        {markdown}
      </Streamdown>
    </div>
  )
}

/** Links open in tabs of their own, without asking first. */
const LINK_SAFETY = { enabled: false }
