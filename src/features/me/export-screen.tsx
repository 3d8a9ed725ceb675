/** Everything that is kept about me, to read and to take along (law 9). */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Foot, Screen } from '@/components/screen'
import { copyText } from '@/services/device'
import { useQuery } from '@/services/use-query'
import styles from './export.module.scss'

export function ExportScreen() {
  const kept = useQuery('account.export', {})
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none')
  const { output } = kept
  return (
    <Screen title="留了我的什么" foot={output ? <Foot main={<Button icon="file-text" onPress={async () => setOutcome((await copyText(output.json)) ? 'copied' : 'failed')}>带走一份</Button>} /> : undefined}>
      {outcome === 'copied' ? <Notice isAnnounced title="抄好了">打开微信里和自己的聊天，长按粘贴，就能存下来。</Notice> : null}
      {outcome === 'failed' ? <Notice isAnnounced tone="warm" title="没有抄成">请长按下面的字，自己选中、复制。</Notice> : null}
      <Box className="body">下面是系统里关于您的全部内容，一字不改。看不明白的，可以请家人或社工一起看。</Box>
      <Content of={kept} shape="detail">{({ json }) => <Card label="关于我的全部内容"><Box className={styles.text}>{json}</Box></Card>}</Content>
    </Screen>
  )
}
