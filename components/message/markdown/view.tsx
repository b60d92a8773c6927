"use client"

import { useTranslations } from "next-intl"
import { useContext, useId, useMemo } from "react"
import { Streamdown } from "streamdown"
import { copyFormulas } from "@/components/message/markdown/copy-formulas"
import { elements } from "@/components/message/markdown/elements"
import { blocksOf } from "@/components/message/markdown/html/syntax"
import type { MarkdownProps } from "@/components/message/markdown/markdown"
import { prepared, REMEND_OPTIONS, rehypePluginsFor, remarkPlugins } from "@/components/message/markdown/pipeline"
import { usePlugins } from "@/components/message/markdown/plugins"
import { PagesContext } from "@/components/message/markdown/text/pages"
import { SourcesContext } from "@/components/message/markdown/text/sources"
import { TranslationGuard } from "@/components/message/markdown/translation-guard"
import "./markdown.css"

export default function MarkdownView({ text, streaming, brokeOff }: MarkdownProps) {
  const t = useTranslations("reading")
  const sources = useContext(SourcesContext)
  const pages = useContext(PagesContext)
  const markdown = useMemo(
    () => prepared(text, streaming, { brokeOff, sources, pages }),
    [text, streaming, brokeOff, sources, pages],
  )
  const plugins = usePlugins(markdown)
  const id = useId()
  const rehypePlugins = useMemo(() => rehypePluginsFor(`m${id.replace(/\W/g, "")}-`), [id])
  const remarkRehypeOptions = useMemo(
    () => ({ clobberPrefix: "", footnoteLabel: t("footnotes"), footnoteBackLabel: t("footnoteBack") }),
    [t],
  )
  return (
    <TranslationGuard text={markdown} growing={streaming} onCopy={copyFormulas}>
      <Streamdown
        mode="streaming"
        isAnimating={streaming}
        parseIncompleteMarkdown={streaming || brokeOff}
        remend={REMEND_OPTIONS}
        components={elements}
        parseMarkdownIntoBlocksFn={blocksOf}
        remarkPlugins={remarkPlugins}
        rehypePlugins={rehypePlugins}
        remarkRehypeOptions={remarkRehypeOptions}
        plugins={plugins}
        controls={false}
        linkSafety={LINK_SAFETY}
        className="markdown"
      >
        {markdown}
      </Streamdown>
    </TranslationGuard>
  )
}

/** Links open in new tabs without confirmation. */
const LINK_SAFETY = { enabled: false }
