/** Words that break between their pieces only: a date, a time from–to and a name each stay whole on one line. */
import { Words } from './box'
import styles from './pieces.module.scss'

/** The pieces of `words` are what spaces divide: 明天 14:00–15:00. */
export function Pieces({ words }: { words: string }) {
  const pieces = words.split(' ')
  return <>{pieces.map((piece, index) => <Words key={index} className={index < pieces.length - 1 ? styles.before : styles.piece}>{index < pieces.length - 1 ? `${piece} ` : piece}</Words>)}</>
}
