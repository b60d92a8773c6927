"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { useSchemaTitle } from "@/components/base/schema-title"
import { SchemaEditor } from "@/components/schemas/editor/schema-editor"
import type { Draft } from "@/components/schemas/editor/use-editor"
import { DescribeField } from "@/components/schemas/library/describe-field"
import { PastedTypes } from "@/components/schemas/pasted-types"
import { readSchemaText } from "@/components/schemas/schema-text"
import { Button } from "@/components/ui/button"
import { parsePasted } from "@/lib/output/paste/paste"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"

const EMPTY = JSON.stringify({ type: "object", properties: {}, required: [], additionalProperties: false }, null, 2)

/** Chooses how a new schema starts, then shows the editor; it is stored once saved. */
export function NewSchema() {
  const [begun, setBegun] = useState<Draft | null>(null)
  return begun ? <SchemaEditor stored={null} begun={begun} /> : <Beginnings onBegin={setBegun} />
}

function Beginnings({ onBegin }: { onBegin: (draft: Draft) => void }) {
  const t = useTranslations("schemas.begin")
  const templates = useTranslations("output.templates")
  const title = useSchemaTitle()
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-7 px-4 pb-10 sm:px-6">
        <section>
          <h2 className="mb-2 font-medium text-sm">{t("empty")}</h2>
          <Button variant="primary" onClick={() => onBegin({ name: "", description: "", text: EMPTY })}>
            {t("emptyButton")}
          </Button>
        </section>
        <section>
          <h2 className="mb-2 font-medium text-sm">{t("describe")}</h2>
          <DescribeField onMade={({ text, name }) => onBegin({ name, description: "", text })} />
        </section>
        <section>
          <h2 className="mb-2 font-medium text-sm">{t("paste")}</h2>
          <PasteField onMade={(text, name) => onBegin({ name, description: "", text })} />
        </section>
        <section>
          <h2 className="mb-2 font-medium text-sm">{t("template")}</h2>
          <ul className="grid gap-2 sm:grid-cols-2">
            {SCHEMA_TEMPLATES.map(({ name, schema }) => (
              <li key={name}>
                <button
                  type="button"
                  onClick={() =>
                    onBegin({
                      ...{ name: title(name), description: templates(`${name}.description`) },
                      text: JSON.stringify(schema, null, 2),
                    })
                  }
                  className="h-full w-full rounded-lg border px-3 py-2.5 text-start transition-colors hover:border-input"
                >
                  <span className="block font-medium text-sm">{title(name)}</span>
                  <span className="block text-[0.8125rem] text-muted-foreground leading-5">
                    {templates(`${name}.description`)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  )
}

function PasteField({ onMade }: { onMade: (text: string, name: string) => void }) {
  const t = useTranslations("schemas.begin")
  const wrong = useTranslations("output.schemaWrong")
  const [text, setText] = useState("")
  const pasted = parsePasted(text)
  const { schema, problem } = readSchemaText(text)
  const { is, ...values } = problem ?? { is: "empty" as const }
  return (
    <div>
      <textarea
        aria-label={t("pasteLabel")}
        placeholder={t("pasteHint")}
        value={text}
        rows={5}
        onChange={({ target }) => setText(target.value)}
        spellCheck={false}
        className="w-full resize-y rounded-md border border-input bg-background px-3 py-2 font-mono text-[0.8125rem] leading-normal"
      />
      <div aria-live="polite" className="mt-1 min-h-5 text-[0.8125rem] leading-5">
        {pasted ? (
          <PastedTypes pasted={pasted} onConvert={(made, name) => onMade(made, name ?? "")} />
        ) : schema ? (
          <Button size="sm" onClick={() => onMade(text, typeof schema.title === "string" ? schema.title : "")}>
            {t("useSchema")}
          </Button>
        ) : (
          is !== "empty" && <p className="wrap-anywhere text-danger">{wrong(is, values)}</p>
        )}
      </div>
    </div>
  )
}
