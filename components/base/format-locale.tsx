"use client"

import { createContext, useContext } from "react"
import { DEFAULT_FORMAT_LOCALE } from "@/lib/i18n/format-locale"

const FormatLocale = createContext(DEFAULT_FORMAT_LOCALE)

/** Provides the locale for formatting dates and numbers. */
export const FormatLocaleProvider = FormatLocale.Provider

/** The reader's locale for dates and numbers: the same on the server and in the browser. */
export const useFormatLocale = (): string => useContext(FormatLocale)
