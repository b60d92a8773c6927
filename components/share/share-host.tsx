"use client"

import { askedShare } from "@/components/base/asked-share"
import { useStore } from "@/components/base/store"
import { lazyOverlay } from "@/components/ui/lazy-part"

const ShareDialog = lazyOverlay(() => import("@/components/share/share-dialog"))

/** Where the links of a conversation of the list are shown. */
export function ShareHost() {
  const id = useStore(askedShare, () => null)
  return id && <ShareDialog key={id} conversationId={id} onClose={() => askedShare.set(null)} />
}
