/**
 * A text in big type, line by line and sentence by sentence; the sentence that is being read aloud stands out. Markup in it
 * is text like any other.
 */
import { Image } from '@tarojs/components'
import { useState } from 'react'
import { Box, Words } from './box'
import { classes, isH5, spokenAttributes } from './platform'
import styles from './big-text.module.scss'

/** Sentences of each line. `from` is the number of the first of them, `readingAt` of the one that is read, both counted over the whole text. */
export function BigText({ lines, from = 0, readingAt, isTitle = false }: { lines: readonly (readonly string[])[]; from?: number; readingAt?: number | undefined; /** as large as what stands around it */ isTitle?: boolean }) {
  const firstOf = (line: number): number => from + lines.slice(0, line).reduce((sum, sentences) => sum + sentences.length, 0)
  return (
    <>
      {lines.map((sentences, line) => (
        <Box key={line} className={isTitle ? styles.title : styles.line}>
          {sentences.map((sentence, at) => <Words key={at} className={classes(firstOf(line) + at === readingAt && styles.reading)}>{sentence}</Words>)}
        </Box>
      ))}
    </>
  )
}

/** A picture across the screen, with what is to be seen on it below, for those who cannot see it as well. `isTitled`: the words stand beside it already. */
export function WidePicture({ address, words, isTitled = false }: { address: string; words: string; isTitled?: boolean }) {
  // Addresses are signed anew with every answer: the first one stays, so that the picture does not come again and again.
  const [shown, setShown] = useState(address)
  const onError = () => { if (shown !== address) setShown(address) }
  return (
    <Box className="stack-tight">
      {isH5 ? <img className={styles.picture} src={shown} alt={words} onError={onError} /> : <Image {...spokenAttributes({ role: 'img', label: words })} className={styles.picture ?? ''} src={shown} mode="widthFix" onError={onError} />}
      {isTitled ? null : <Box className="small" spoken={{ isHidden: true }}>{words}</Box>}
    </Box>
  )
}
