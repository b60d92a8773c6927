"use client"

import { Download, WrapText } from "lucide-react"
import { useTranslations } from "next-intl"
import { type CSSProperties, memo, useEffect, useRef } from "react"
import { saveFile } from "@/components/base/save-file"
import { codeFileName, languageName } from "@/components/message/markdown/code-files"
import { Frame } from "@/components/message/markdown/frame"
import { type Line, useHighlight } from "@/components/message/markdown/highlight"
import { toggleWrap, useWrap } from "@/components/message/markdown/wrap-code"
import { useScrollByKeys, useStickToBottom } from "@/components/scroll/use-scroll-by-keys"
import { CopyButton } from "@/components/ui/copy-button"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"

interface Props {
  code: string
  language: string
  /** The fence's info string after the language. */
  meta: string | undefined
  /** Still being written. */
  growing: boolean
}

/** A code block with its language, copy, wrap and download; colored once the highlighter has loaded. */
export const CodeBlock = memo(function CodeBlock({ code: written, language, meta, growing }: Props) {
  const t = useTranslations("reading")
  const code = written.replace(/\n+$/, "")
  const wraps = useWrap()
  const name = languageName(language) ?? t("code")
  return (
    <Frame
      kind="code"
      label={name}
      actions={
        <>
          <IconButton
            label={t("wrap")}
            aria-pressed={wraps}
            onClick={toggleWrap}
            className="aria-pressed:text-spark-text"
          >
            <WrapText className="size-4" />
          </IconButton>
          <IconButton label={t("downloadCode")} onClick={() => saveFile(codeFileName(language, meta), `${code}\n`)}>
            <Download className="size-4" />
          </IconButton>
          <CopyButton label={t("copyCode")} text={() => code} />
        </>
      }
    >
      <CodeText code={code} language={language} name={name} growing={growing} wraps={wraps} />
    </Frame>
  )
})

interface TextProps {
  code: string
  language: string
  name: string
  growing: boolean
  wraps: boolean
}

function CodeText({ code, language, name, growing, wraps }: TextProps) {
  const t = useTranslations("reading")
  const { lines, length } = useHighlight(code, language, growing)
  const part = useRef<HTMLPreElement>(null)
  const scrollByKeys = useScrollByKeys<HTMLPreElement>()
  const { hold, left } = useStickToBottom()
  useEffect(() => {
    if (growing && code) hold(part.current)
  }, [growing, code, hold])
  return (
    // biome-ignore lint/a11y/useSemanticElements: scrollable code is a labeled region
    <pre
      ref={(element) => {
        part.current = element
        return scrollByKeys(element)
      }}
      role="group"
      data-language={language || undefined}
      aria-label={t("codeIn", { language: name })}
      onScroll={growing ? (event) => left(event.currentTarget) : undefined}
      className={cn("code", wraps && "wrap-anywhere whitespace-pre-wrap")}
    >
      <code>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever appended
          <CodeLine key={index} line={line} first={index === 0} />
        ))}
        {code.slice(length)}
      </code>
    </pre>
  )
}

const colors = (light: string | undefined, dark: string | undefined): CSSProperties & Record<string, unknown> => ({
  "--light": light,
  "--dark": dark,
})

const CodeLine = memo(function CodeLine({ line, first }: { line: Line; first: boolean }) {
  return (
    <span>
      {first ? "" : "\n"}
      {line.map(({ content, light, dark }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a line never move
        <span key={index} style={colors(light, dark)}>
          {content}
        </span>
      ))}
    </span>
  )
})
