/** The tab bar, ours because WeChat's own does not grow with the text. It knows no screen: the items come from outside. */
import Taro from '@tarojs/taro'
import { Box } from './box'
import { Icon, type IconName } from './icon'
import { Pressable } from './pressable'
import { classes } from './platform'
import styles from './tab-bar.module.scss'

export interface TabItem {
  key: string
  words: string
  icon: IconName
  /** `/pages/…`: opened in place of everything, so that back never wanders through tabs */
  path: string
}

export function TabBar({ items, current }: { items: readonly TabItem[]; current: string }) {
  return (
    <Box className={styles.bar} spoken={{ role: 'navigation', label: '主要页面' }}>
      {items.map((item) => {
        const isCurrent = item.key === current
        return (
          <Pressable key={item.key} role="link" spoken={{ isCurrent }} className={classes(styles.tab, isCurrent && styles.current)} onPress={() => { if (!isCurrent) void Taro.reLaunch({ url: item.path }) }}>
            <Icon name={item.icon} />
            <Box className={styles.words}>{item.words}</Box>
          </Pressable>
        )
      })}
    </Box>
  )
}
