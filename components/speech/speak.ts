/** Reading aloud by the browser's own voices. Fetched when somebody first wants to. */
import { proseOf, voiceFor } from "@/components/speech/prose"

/** Reads the prose of a text; `onEnd` when it is over, cancelled or could not be. */
export function speak(markdown: string, onEnd: () => void): void {
  const { speechSynthesis } = window
  const voice = voiceFor(markdown, speechSynthesis.getVoices(), navigator.languages)
  const pieces = proseOf(markdown)
  if (!voice || pieces.length === 0) {
    onEnd()
    return
  }
  // What hangs from before would hold all that follows.
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
