"use client"

import { Suspense, useState } from "react"
import { TextFileChip } from "@/components/files/text-file-chip"
import { lazyOverlay } from "@/components/ui/lazy-part"
import type { TextFile } from "@/lib/messages/types"

const TextFileDialog = lazyOverlay(() => import("@/components/files/text-file-dialog"))

/** The text files of a message, as cards that open. */
export function MessageFiles({ files }: { files: TextFile[] }) {
  const [open, setOpen] = useState<TextFile | null>(null)
  if (files.length === 0) return null
  return (
    <div className="flex max-w-full flex-wrap justify-end gap-1.5">
      {files.map((file, index) => (
        // A message's parts never move.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <TextFileChip key={index} file={file} onOpen={() => setOpen(file)} className="max-w-full sm:max-w-72" />
      ))}
      {open && (
        <Suspense>
          <TextFileDialog file={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  )
}
