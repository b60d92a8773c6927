"use client"

import { askedShare } from "@/components/base/asked-share"
import { useStore } from "@/components/base/store"
import { lazyOverlay } from "@/components/ui/lazy-part"

const ShareDialog = lazyOverlay(() => import("@/components/share/share-dialog"))

/** Shows the links of a conversation from the list. */
export function ShareHost() {
  const id = useStore(askedShare, () => null)
  return id && <ShareDialog key={id} conversationId={id} onClose={() => askedShare.set(null)} />
}
