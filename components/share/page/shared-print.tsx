"use client"

import { useInBrowser } from "@/components/base/store"
import { PrintButton } from "@/components/print/print-button"
import { usePrint } from "@/components/print/printing"

/** All of it is here. */
const nothingMore = async () => {}

/** Prints a shared chat. There only where it works: with scripts. */
export function SharedPrint() {
  const print = usePrint(nothingMore)
  const works = useInBrowser(() => true)
  return works && <PrintButton onPrint={() => void print()} />
}
