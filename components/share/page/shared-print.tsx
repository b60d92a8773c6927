"use client"

import { useInBrowser } from "@/components/base/store"
import { PrintButton } from "@/components/print/print-button"
import { usePrint } from "@/components/print/printing"

/** Everything is loaded. */
const nothingMore = async () => {}

/** Prints a shared chat. Rendered only when JavaScript is available. */
export function SharedPrint() {
  const print = usePrint(nothingMore)
  const works = useInBrowser(() => true)
  return works && <PrintButton onPrint={() => void print()} />
}
