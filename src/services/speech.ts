/**
 * 读一遍: reads a sentence aloud. H5: the browser's own Chinese voice. WeChat: the WechatSI plugin, once the account has
 * added it and the build was told so (WECHAT_SPEECH_PLUGIN). Where neither is there, the caller shows the sentence large.
 */
import Taro, { useDidHide } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { keep, kept } from './storage'

/** Ends with `spoken` when it was read to its end or stopped, with `unavailable` when this phone cannot. */
type Outcome = 'spoken' | 'unavailable'
interface Reading {
  ended: Promise<Outcome>
  stop: () => void
}

const VOICES_WITHIN_MS = 600

async function chineseVoice(): Promise<SpeechSynthesisVoice | undefined> {
  const find = () => speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith('zh'))
  const now = find()
  if (now || speechSynthesis.getVoices().length > 0) return now
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, VOICES_WITHIN_MS)
    speechSynthesis.addEventListener('voiceschanged', () => { clearTimeout(timer); resolve() }, { once: true })
  })
  return find()
}

function readInBrowser(text: string): Reading {
  let isStopped = false
  const ended = (async (): Promise<Outcome> => {
    if (typeof speechSynthesis === 'undefined') return 'unavailable'
    const voice = await chineseVoice()
    if (isStopped) return 'spoken'
    if (!voice) return 'unavailable'
    return new Promise<Outcome>((resolve) => {
      const utterance = new SpeechSynthesisUtterance(text)
      utterance.lang = 'zh-CN'
      utterance.voice = voice
      utterance.rate = 0.9
      utterance.onend = () => resolve('spoken')
      utterance.onerror = (event) => resolve(event.error === 'canceled' || event.error === 'interrupted' ? 'spoken' : 'unavailable')
      speechSynthesis.cancel()
      speechSynthesis.speak(utterance)
    })
  })()
  return { ended, stop: () => { isStopped = true; if (typeof speechSynthesis !== 'undefined') speechSynthesis.cancel() } }
}

function readInWeChat(text: string): Reading {
  if (!SPEECH_PLUGIN) return { ended: Promise.resolve('unavailable'), stop: () => undefined }
  const audio = Taro.createInnerAudioContext()
  let finish: (outcome: Outcome) => void = () => undefined
  const ended = new Promise<Outcome>((resolve) => { finish = resolve })
  audio.onEnded(() => finish('spoken'))
  audio.onStop(() => finish('spoken'))
  audio.onError(() => finish('unavailable'))
  requirePlugin('WechatSI').textToSpeech({
    lang: 'zh_CN', tts: true, content: text,
    success: (answer) => { audio.src = answer.filename; audio.play() },
    fail: () => finish('unavailable'),
  })
  return { ended: ended.finally(() => audio.destroy()), stop: () => { audio.stop(); finish('spoken') } }
}

const read: (text: string) => Reading = API_MODE === 'weapp' ? readInWeChat : readInBrowser

/** What the button 读一遍 needs for one sentence. A second press stops; another sentence, another screen stop it too. */
export function useReadAloud(sentence: string): { isReading: boolean; onPress: () => void; shownInstead: string | undefined } {
  const reading = useRef<Reading | null>(null)
  const [isReading, setReading] = useState(false)
  const [unreadable, setUnreadable] = useState<string | undefined>(undefined)
  const stop = useCallback(() => {
    reading.current?.stop()
    reading.current = null
    setReading(false)
  }, [])
  useEffect(() => stop, [sentence, stop])
  useDidHide(stop)
  const onPress = useCallback(() => {
    if (reading.current) { stop(); return }
    const started = read(sentence)
    reading.current = started
    setReading(true)
    void started.ended.then((outcome) => {
      if (reading.current !== started) return
      reading.current = null
      setReading(false)
      setUnreadable(outcome === 'unavailable' ? sentence : undefined)
    })
  }, [sentence, stop])
  return { isReading, onPress, shownInstead: unreadable === sentence ? sentence : undefined }
}

/** How far long texts were read, by their keys, the latest last: whoever leaves the page, or closes the app, goes on from there. */
const PLACES = 'readingPlaces'
const MOST_PLACES = 20
type Place = readonly [key: string, index: number]
const isPlace = (one: unknown): one is Place => Array.isArray(one) && typeof one[0] === 'string' && Number.isInteger(one[1]) && one[1] > 0
let places: readonly Place[] | undefined
function placesKept(): readonly Place[] {
  const value = places === undefined ? kept(PLACES) : undefined
  places ??= Array.isArray(value) ? value.filter(isPlace) : []
  return places
}
const placeOf = (key: string): number => placesKept().find(([known]) => known === key)?.[1] ?? 0
function keepPlace(key: string, index: number): void {
  const others = placesKept().filter(([known]) => known !== key)
  places = index === 0 ? others : [...others, [key, index] as const].slice(-MOST_PLACES)
  keep(PLACES, places)
}

/** Reads a long text sentence by sentence and says which one it is at. A second press stops; the next goes on. @param key of this text as it stands: another edition begins anew; null: its place is kept only while it is shown */
export function useReadingOn(key: string | null, sentences: readonly string[]): { isReading: boolean; isPaused: boolean; isUnavailable: boolean; /** which sentence is being read, counted from 0 */ at: number | undefined; onPress: () => void } {
  const reading = useRef<Reading | null>(null)
  const here = useRef(0)
  const place = (): number => (key === null ? here.current : placeOf(key))
  const keepAt = (index: number): void => { if (key === null) here.current = index; else keepPlace(key, index) }
  const [at, setAt] = useState<number | null>(null)
  const [isUnavailable, setUnavailable] = useState(false)
  const stop = useCallback(() => {
    reading.current?.stop()
    reading.current = null
    setAt(null)
  }, [])
  useEffect(() => stop, [key, stop])
  useDidHide(stop)
  const readFrom = (index: number) => {
    const sentence = sentences[index]
    if (sentence === undefined) {
      keepAt(0)
      stop()
      return
    }
    keepAt(index)
    setAt(index)
    const started = read(sentence)
    reading.current = started
    void started.ended.then((outcome) => {
      if (reading.current !== started) return
      if (outcome === 'unavailable') { setUnavailable(true); stop() } else readFrom(index + 1)
    })
  }
  const onPress = () => { if (reading.current) stop(); else readFrom(place() < sentences.length ? place() : 0) }
  return { isReading: at !== null, isPaused: at === null && place() > 0, isUnavailable, at: at ?? undefined, onPress }
}
