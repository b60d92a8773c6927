"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { Field, INPUT } from "@/components/fields/field"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { isComposing } from "@/components/ui/enter"

interface Props {
  title: string
  description?: string
  /** Label of its field. */
  label: string
  /** Label of its button. */
  action: string
  /** Initial content of the field. */
  text: string
  placeholder?: string
  inputMode?: "decimal"
  /** An empty field can't be saved. */
  required?: boolean
  /** Options to choose from instead of typing. */
  options?: { id: string; label: string }[]
  /** Returns an error message, or null when the text is valid. */
  check?: (text: string) => string | null
  /** Receives the trimmed text. Rejects with an `ApiError`, which is shown at the field. */
  onSave: (text: string) => Promise<unknown>
  onClose: () => void
}

/** A dialog with one field. Closes once its content is saved. */
export function FieldDialog(props: Props) {
  const { title, description, action, required, check, onSave, onClose } = props
  const common = useTranslations("common")
  const [text, setText] = useState(props.text)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const off = busy || (required && text.trim() === "")
  const save = async () => {
    if (off) return
    const problem = check?.(text.trim()) ?? null
    if (problem) return setWrong(problem)
    setBusy(true)
    try {
      await onSave(text.trim())
      onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" disabled={off} onClick={() => void save()}>
            {action}
          </Button>
        </>
      }
    >
      <OneField {...props} text={text} wrong={wrong !== null} onText={setText} onEnter={() => void save()} />
      {wrong && (
        <p role="alert" className="mt-2 text-[0.8125rem] text-danger">
          {wrong}
        </p>
      )}
    </Dialog>
  )
}

interface FieldProps extends Pick<Props, "label" | "text" | "placeholder" | "inputMode" | "options"> {
  wrong: boolean
  onText: (text: string) => void
  onEnter: () => void
}

function OneField({ label, text, placeholder, inputMode, options, wrong, onText, onEnter }: FieldProps) {
  return (
    <Field label={label}>
      {(field) => {
        const shared = {
          ...field,
          "data-autofocus": true,
          "aria-invalid": wrong || undefined,
          value: text,
          onChange: (event: { target: { value: string } }) => onText(event.target.value),
          className: INPUT,
        }
        if (options)
          return (
            <select {...shared}>
              {options.map((option) => (
                <option key={option.id} value={option.id}>
                  {option.label}
                </option>
              ))}
            </select>
          )
        return (
          <input
            {...shared}
            maxLength={200}
            placeholder={placeholder}
            inputMode={inputMode}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !isComposing(event.nativeEvent)) onEnter()
            }}
          />
        )
      }}
    </Field>
  )
}
