"use client"

import { useTranslations } from "next-intl"
import { Tabs } from "radix-ui"
import { useCallback } from "react"
import { asJson, Preference } from "@/components/base/preference"
import { useStore } from "@/components/base/store"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { fetchCode } from "@/components/get-code/requests"
import { CodeBlock } from "@/components/message/markdown/code-block"
import "@/components/message/markdown/markdown.css"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"
import { CODE_LANGUAGES, type CodeLanguage } from "@/lib/get-code/languages"

interface Props {
  conversationId: string
  messageId: string
  onClose: () => void
}

/** The highlighting language and file extension of each. */
const COLORED: Record<CodeLanguage, string> = {
  curl: "bash",
  "openai-js": "javascript",
  "openai-python": "python",
  python: "python",
  "ai-sdk": "javascript",
}

const chosenLanguage = new Preference<CodeLanguage>({
  key: "codeLanguage",
  initial: "curl",
  form: asJson((value) => CODE_LANGUAGES.find((one) => one === value) ?? null),
})

/** The request behind an answer, as runnable code. */
export default function CodeDialog({ conversationId, messageId, onClose }: Props) {
  const t = useTranslations("getCode")
  const language = useStore(chosenLanguage, chosenLanguage.first)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("meaning")}
      className="w-[min(96vw,56rem)]"
    >
      <Tabs.Root value={language} onValueChange={(value) => chosenLanguage.set(known(value))}>
        <Tabs.List aria-label={t("languages")} className="-mx-1 mb-3 flex gap-1 overflow-x-auto px-1 py-0.5">
          {CODE_LANGUAGES.map((one) => (
            <Tabs.Trigger
              key={one}
              value={one}
              className="shrink-0 rounded-md px-2.5 py-1 font-medium text-[0.8125rem] text-muted-foreground hover:text-foreground data-[state=active]:bg-muted data-[state=active]:text-foreground"
            >
              {t(`language.${one}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value={language} tabIndex={-1}>
          <Program key={language} {...{ conversationId, messageId, language }} />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  )
}

const known = (value: string): CodeLanguage => CODE_LANGUAGES.find((one) => one === value) ?? "curl"

function Program({ conversationId, messageId, language }: Omit<Props, "onClose"> & { language: CodeLanguage }) {
  const t = useTranslations("getCode")
  const read = useCallback(() => fetchCode(conversationId, messageId, language), [conversationId, messageId, language])
  const { value, error, retry } = useFetchOnMount(read)
  if (error)
    return (
      <div role="alert" className="flex min-h-40 flex-col items-center justify-center gap-3 text-center">
        <p className="max-w-md">{error}</p>
        <Button onClick={retry}>{t("retry")}</Button>
      </div>
    )
  if (!value)
    return (
      <p role="status" className="flex min-h-40 items-center justify-center gap-2 text-muted-foreground">
        <Spinner /> {t("loading")}
      </p>
    )
  return (
    <>
      {/* Styled like code in an answer. */}
      <div className="markdown">
        <CodeBlock code={value.code} language={COLORED[language]} meta={undefined} growing={false} />
      </div>
      {value.files.length > 0 && (
        <p className="mt-2 text-[0.8125rem] text-muted-foreground">
          {t("files", { count: value.files.length, names: value.files.join(", ") })}
        </p>
      )}
    </>
  )
}
