/** A box and a run of words: WeChat's `view` and `text`, plain `div` and `span` on H5, spoken alike on both. */
import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { isH5, spokenAttributes, type BoxLook, type Spoken } from './platform'

interface BoxProps extends BoxLook {
  spoken?: Spoken
  children?: ReactNode
}

/** A block. Give `spoken` where the words inside are not enough for a screen reader. */
export function Box({ spoken, children, className, style, id }: BoxProps) {
  const attributes = { ...(spoken ? spokenAttributes(spoken) : {}), ...(className ? { className } : {}), ...(style ? { style } : {}), ...(id ? { id } : {}) }
  return isH5 ? <div {...attributes}>{children}</div> : <View {...attributes}>{children}</View>
}

/** Words inside a line. */
export function Words({ spoken, children, className, style, id }: BoxProps) {
  const attributes = { ...(spoken ? spokenAttributes(spoken) : {}), ...(className ? { className } : {}), ...(style ? { style } : {}), ...(id ? { id } : {}) }
  return isH5 ? <span {...attributes}>{children}</span> : <Text {...attributes}>{children}</Text>
}

/** A heading: level 1 is the screen's title, 2 a section, 3 a card. */
export function Heading({ level, children, className }: { level: 1 | 2 | 3; children: ReactNode; className?: string | undefined }) {
  return <Box className={className} spoken={{ role: 'heading', level }}>{children}</Box>
}
