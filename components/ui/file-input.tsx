"use client"

import { type ComponentProps, type RefObject, useEffect, useEffectEvent } from "react"

interface Props extends Omit<ComponentProps<"input">, "type" | "onChange" | "ref" | "value"> {
  ref: RefObject<HTMLInputElement | null>
  onFiles: (files: File[]) => void
}

/**
 * A file input behind a custom button. The same file can be chosen twice in a row, and files chosen before hydration
 * are picked up.
 */
export function FileInput({ ref, onFiles, ...props }: Props) {
  const take = useEffectEvent(() => {
    const input = ref.current
    const files = [...(input?.files ?? [])]
    if (!input || files.length === 0) return
    input.value = ""
    onFiles(files)
  })
  useEffect(() => take(), [])
  return <input {...props} ref={ref} type="file" onChange={() => take()} />
}
