"use client"

import { Dialog } from "@/components/ui/dialog"

/** A picture as large as the window allows. */
export default function ImageDialog({ url, name, onClose }: { url: string; name: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={name} className="w-fit max-w-[94vw]">
      {/* biome-ignore lint/performance/noImgElement: shown as it is stored */}
      <img src={url} alt={name} className="mx-auto max-h-[74dvh] max-w-full rounded-md object-contain" />
    </Dialog>
  )
}
