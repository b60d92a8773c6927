/** Reads text aloud with the browser's own voices. Loaded on first use. */
import { speechChunks, voiceFor } from "@/components/speech/prose"

/** Reads the prose of a text; `onEnd` is called when it finishes, is canceled, or fails. */
export function speak(markdown: string, onEnd: () => void): void {
  const { speechSynthesis } = window
  const voice = voiceFor(markdown, speechSynthesis.getVoices(), navigator.languages)
  const pieces = speechChunks(markdown)
  if (!voice || pieces.length === 0) {
    onEnd()
    return
  }
  // A hanging utterance would block all that follow.
  speechSynthesis.cancel()
  for (const [index, piece] of pieces.entries()) {
    const utterance = new SpeechSynthesisUtterance(piece)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.onerror = onEnd
    if (index === pieces.length - 1) utterance.onend = onEnd
    speechSynthesis.speak(utterance)
  }
}
