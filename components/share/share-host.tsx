"use client"

import dynamic from "next/dynamic"
import { askedShare } from "@/components/base/asked-share"
import { useStore } from "@/components/base/store"

const ShareDialog = dynamic(() => import("@/components/share/share-dialog").then((module) => module.ShareDialog), {
  ssr: false,
})

/** Where the links of a conversation of the list are shown. */
export function ShareHost() {
  const id = useStore(askedShare, () => null)
  return id && <ShareDialog key={id} conversationId={id} onClose={() => askedShare.set(null)} />
}
