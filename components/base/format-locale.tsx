"use client"

import { createContext, useContext } from "react"
import { DEFAULT_FORMAT_LOCALE } from "@/lib/i18n/format-locale"

const FormatLocale = createContext(DEFAULT_FORMAT_LOCALE)

/** Tells all below how dates and numbers are written. */
export const FormatLocaleProvider = FormatLocale.Provider

/** How dates and numbers are written for this reader: the same at the server and in the browser. */
export const useFormatLocale = (): string => useContext(FormatLocale)
