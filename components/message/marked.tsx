"use client"

import { Suspense } from "react"
import { imagesOf, textOf } from "@/components/base/message-content"
import { lazyOptional } from "@/components/ui/lazy-part"
import type { ChatMessage } from "@/lib/messages/types"

const MarkedImages = lazyOptional(() => import("@/components/images/marked-images"))

/** Names and tokens that an answer with marks contains (`lib/marks/marks.ts`). */
const MAY_MARK =
  /"(?:bbox(?:_2d)?|box(?:_2d)?|point(?:_2d)?|x1|x_?min|left|width)"\s*:|<\|(?:begin_of_box|box_start)\|>/

/** The model's marks on the images it was asked about. */
export function Marked({ message, pictured }: { message: ChatMessage; pictured: ChatMessage }) {
  const text = textOf(message)
  if (!MAY_MARK.test(text)) return null
  return (
    <Suspense>
      <MarkedImages text={text} model={message.metadata?.model} images={imagesOf(pictured)} />
    </Suspense>
  )
}
